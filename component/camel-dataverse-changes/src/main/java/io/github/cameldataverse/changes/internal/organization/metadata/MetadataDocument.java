package io.github.cameldataverse.changes.internal.organization.metadata;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.http.answer.Body;
import io.github.cameldataverse.changes.internal.http.answer.SealedXml;
import io.github.cameldataverse.changes.internal.source.FaultTable;
import java.io.ByteArrayInputStream;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads {@code $metadata?annotations=true}. Its 5 to 10 MB lie in memory as bytes, within the limit
 * {@code maxPageBytes}, and are walked through once; no tree is made of them. A document type declaration is refused.
 */
final class MetadataDocument {

    private static final FaultTable.Subject SUBJECT = MetadataRequests.reading("the document $metadata");

    private final MetadataRequests inquiry;

    MetadataDocument(MetadataRequests inquiry) {
        this.inquiry = inquiry;
    }

    List<TableTracking> tables() throws ServiceFault {
        Answer answer = inquiry.xml("$metadata?annotations=true", SUBJECT);
        try {
            return read(answer.body());
        } catch (XMLStreamException e) {
            throw MetadataRequests.somethingElse(answer.status(), SUBJECT);
        }
    }

    /** @throws XMLStreamException if it is not whole, declares a document type, or has no entity container */
    static List<TableTracking> read(Body body) throws XMLStreamException {
        XMLStreamReader xml = SealedXml.open(new ByteArrayInputStream(body.bytes(), 0, body.length()));
        try {
            TrackedEntitySets sets = new TrackedEntitySets();
            while (xml.hasNext()) {
                sets.accept(xml.next(), xml);
            }
            return sets.found();
        } finally {
            xml.close();
        }
    }
}
