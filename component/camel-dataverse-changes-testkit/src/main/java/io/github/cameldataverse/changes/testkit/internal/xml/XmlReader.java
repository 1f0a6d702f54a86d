package io.github.cameldataverse.changes.testkit.internal.xml;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Parses a small document with namespaces; one with a document type or an entity is not accepted. */
public final class XmlReader {
    private static final int DEEPEST = 64;
    private static final XMLInputFactory FACTORY = strict();

    private final XMLStreamReader events;

    private XmlReader(XMLStreamReader events) {
        this.events = events;
    }

    /** The root of the document, if it is well-formed. */
    public static Optional<XmlElement> read(String document) {
        try {
            XMLStreamReader events = FACTORY.createXMLStreamReader(new StringReader(document));
            return Optional.of(new XmlReader(events).root());
        } catch (XMLStreamException malformed) {
            return Optional.empty();
        }
    }

    private XmlElement root() throws XMLStreamException {
        while (!events.isStartElement()) {
            if (events.next() == XMLStreamConstants.DTD) {
                throw new XMLStreamException("A document type is not allowed");
            }
        }
        XmlElement root = element(1);
        while (events.hasNext()) {
            events.next();
        }
        return root;
    }

    private XmlElement element(int depth) throws XMLStreamException {
        QName name = events.getName();
        Optional<QName> type = Optional.ofNullable(instance("type")).map(this::resolved);
        boolean absent = "true".equals(instance("nil")) || "1".equals(instance("nil"));
        StringBuilder text = new StringBuilder();
        List<XmlElement> children = new ArrayList<>();
        if (depth > DEEPEST) {
            throw new XMLStreamException("Elements are nested too deeply");
        }
        while (events.next() != XMLStreamConstants.END_ELEMENT) {
            take(text, children, depth);
        }
        return new XmlElement(name, type, absent, text.toString(), children);
    }

    private void take(StringBuilder text, List<XmlElement> children, int depth) throws XMLStreamException {
        switch (events.getEventType()) {
            case XMLStreamConstants.START_ELEMENT -> children.add(element(depth + 1));
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                text.append(events.getText());
            case XMLStreamConstants.ENTITY_REFERENCE -> throw new XMLStreamException("An entity is not allowed");
            default -> {}
        }
    }

    private @Nullable String instance(String name) {
        return events.getAttributeValue(SoapNamespace.INSTANCE.uri(), name);
    }

    private QName resolved(String qualified) {
        int colon = qualified.indexOf(':');
        String prefix = colon < 0 ? "" : qualified.substring(0, colon).trim();
        String uri = events.getNamespaceContext().getNamespaceURI(prefix);
        return new QName(uri == null ? "" : uri, qualified.substring(colon + 1).trim());
    }

    private static XMLInputFactory strict() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }
}
