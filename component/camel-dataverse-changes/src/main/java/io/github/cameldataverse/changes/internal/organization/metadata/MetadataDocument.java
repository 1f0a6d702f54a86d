package io.github.cameldataverse.changes.internal.organization.metadata;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.http.answer.Body;
import io.github.cameldataverse.changes.internal.http.answer.xml.SealedXml;
import io.github.cameldataverse.changes.internal.organization.metadata.TableTracking.State;
import io.github.cameldataverse.changes.internal.source.FaultTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code $metadata?annotations=true}. Its 5 to 10 MB lie in memory as bytes, within the limit
 * {@code maxPageBytes}, and are walked through once; no tree is made of them. A document type declaration is refused.
 */
final class MetadataDocument {

    private static final FaultTable.Subject SUBJECT = MetadataRequests.reading("the document $metadata");

    private final MetadataRequests requests;

    MetadataDocument(MetadataRequests requests) {
        this.requests = requests;
    }

    List<TableTracking> tables() throws ServiceFault {
        Answer answer = requests.xml("$metadata?annotations=true", SUBJECT);
        try {
            return read(answer.body());
        } catch (XMLStreamException e) {
            throw MetadataRequests.somethingElse(answer.status(), SUBJECT);
        }
    }

    /** @throws XMLStreamException if it is not whole, declares a document type, or has no entity container */
    static List<TableTracking> read(Body body) throws XMLStreamException {
        XMLStreamReader xml = SealedXml.open(body);
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

    /** The entity sets of a metadata document, collected while it passes by. */
    private static final class TrackedEntitySets {

        private static final String TRACKING = "Org.OData.Capabilities.V1.ChangeTracking";

        private static final int MOST = 50_000;

        private final List<TableTracking> found = new ArrayList<>();
        private boolean container;
        private @Nullable String set;
        private String type = "";
        private boolean annotation;
        private boolean tracked;

        /** What the document said, all of it having passed by. */
        List<TableTracking> found() throws XMLStreamException {
            if (!container) {
                throw new XMLStreamException("There is no entity container");
            }
            return found;
        }

        void accept(int event, XMLStreamReader xml) throws XMLStreamException {
            if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                throw new XMLStreamException("A metadata document declares no document type");
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                begin(xml);
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                end(xml.getLocalName());
            }
        }

        private void begin(XMLStreamReader xml) {
            switch (xml.getLocalName()) {
                case "EntityContainer" -> container = true;
                case "EntitySet" -> {
                    set = attribute(xml, "Name");
                    type = attribute(xml, "EntityType");
                }
                case "Annotation" -> annotation = set != null && TRACKING.equals(attribute(xml, "Term"));
                case "PropertyValue" -> tracked |= annotation && saysSupported(xml);
                default -> {
                    // The document is full of what is of no interest here.
                }
            }
        }

        private void end(String element) throws XMLStreamException {
            if ("Annotation".equals(element)) {
                annotation = false;
            } else if ("EntitySet".equals(element) && set != null) {
                if (found.size() == MOST) {
                    throw new XMLStreamException("There are more than " + MOST + " entity sets");
                }
                found.add(new TableTracking(
                        type.substring(type.lastIndexOf('.') + 1),
                        null,
                        set,
                        null,
                        tracked ? State.TRACKED : State.NOT_TRACKED,
                        Optional.empty()));
                set = null;
                tracked = false;
            }
        }

        private static boolean saysSupported(XMLStreamReader xml) {
            return "Supported".equals(attribute(xml, "Property")) && "true".equals(attribute(xml, "Bool"));
        }

        private static String attribute(XMLStreamReader xml, String name) {
            String value = xml.getAttributeValue(null, name);
            return value == null ? "" : value;
        }
    }
}
