package io.github.cameldataverse.changes.internal.http.answer;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;

/**
 * Opens XML with a parser that knows namespaces, resolves no entity, reads nothing outside of the document, and holds no
 * more in memory than a whole text and a number of names.
 */
public final class SealedXml {

    private SealedXml() {}

    /** A limit is passed; the message says which, and nothing of the content. */
    public static final class LimitException extends XMLStreamException {

        private static final long serialVersionUID = 1L;

        LimitException(String message) {
            super(message);
        }
    }

    /**
     * Of a body in UTF-8; what encoding the document names for itself does not count.
     *
     * @return a reader to be moved on by {@code next()} alone
     * @throws LimitException if a tag, a comment, an instruction or a piece of CDATA is too long, or a document type is
     *     declared
     */
    public static XMLStreamReader open(Body document) throws XMLStreamException {
        MarkupLength.check(document);
        int start = document.afterByteOrderMark(0);
        InputStreamReader text = new InputStreamReader(
                new ByteArrayInputStream(document.bytes(), start, document.length() - start), StandardCharsets.UTF_8);
        return new BoundedNames(factory().createXMLStreamReader(text));
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

    /** The parser keeps every name that it has met. */
    private static final class BoundedNames extends StreamReaderDelegate {

        private static final int MOST = 20_000;

        private final Set<String> names = new HashSet<>();

        BoundedNames(XMLStreamReader reader) {
            super(reader);
        }

        @Override
        public int next() throws XMLStreamException {
            int event = super.next();
            if (event == START_ELEMENT) {
                meet();
            }
            return event;
        }

        private void meet() throws LimitException {
            names.add(getLocalName());
            names.add(String.valueOf(getPrefix()));
            for (int i = 0; i < getAttributeCount(); i++) {
                names.add(getAttributeLocalName(i));
            }
            for (int i = 0; i < getNamespaceCount(); i++) {
                names.add(String.valueOf(getNamespacePrefix(i)));
            }
            if (names.size() > MOST) {
                throw new LimitException("The answer has more than " + MOST + " names of elements and attributes");
            }
        }
    }
}
