package io.github.cameldataverse.changes.internal.http.answer;

import java.io.InputStream;
import java.io.Reader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Opens XML with a parser that knows namespaces, resolves no entity, and reads nothing outside of the document. */
public final class SealedXml {

    private SealedXml() {}

    /** Of bytes, in the encoding that the document names for itself. */
    public static XMLStreamReader open(InputStream document) throws XMLStreamException {
        return factory().createXMLStreamReader(document);
    }

    /** Of characters; what encoding the document names for itself does not count. */
    public static XMLStreamReader open(Reader document) throws XMLStreamException {
        return factory().createXMLStreamReader(document);
    }

    /** The JDK's own, whatever else is on the class path: the settings mean something different to each. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("Nothing outside of the answer is read");
        });
        return factory;
    }
}
