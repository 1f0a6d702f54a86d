package io.github.cameldataverse.changes.metadata;

import io.github.cameldataverse.changes.http.Answer;
import io.github.cameldataverse.changes.http.Body;
import io.github.cameldataverse.changes.http.SealedXml;
import io.github.cameldataverse.changes.http.ServiceFault;
import io.github.cameldataverse.changes.source.FaultTable;
import java.io.ByteArrayInputStream;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads {@code $metadata?annotations=true}. Its 5 to 10 MB lie in memory as bytes, within the limit
 * {@code maxPageBytes}, and are walked through once; no tree is made of them. A document type declaration is refused.
 */
final class MetadataDocument {

    private static final FaultTable.Subject SUBJECT = Inquiry.reading("the document $metadata");

    private final Inquiry inquiry;

    MetadataDocument(Inquiry inquiry) {
        this.inquiry = inquiry;
    }

    List<TableTracking> tables() throws ServiceFault {
        Answer answer = inquiry.xml("$metadata?annotations=true", SUBJECT);
        try {
            return read(answer.body());
        } catch (XMLStreamException e) {
            throw Inquiry.somethingElse(answer.status(), SUBJECT);
        }
    }

    /** @throws XMLStreamException if it is not whole, declares a document type, or has no entity container */
    static List<TableTracking> read(Body body) throws XMLStreamException {
        XMLStreamReader xml = SealedXml.open(new ByteArrayInputStream(body.bytes(), 0, body.length()));
        try {
            AnnotatedSets sets = new AnnotatedSets();
            while (xml.hasNext()) {
                sets.accept(xml.next(), xml);
            }
            return sets.found();
        } finally {
            xml.close();
        }
    }
}
