package io.github.cameldataverse.changes.internal.http.answer.xml;

import io.github.cameldataverse.changes.internal.http.answer.Body;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;
import org.jspecify.annotations.Nullable;

/**
 * Opens XML with a parser that knows namespaces, resolves no entity, reads nothing outside of the document, and holds no
 * more in memory than a whole text, a number of names and a number of open elements.
 */
public final class SealedXml {

    private SealedXml() {}

    /**
     * Of a body in UTF-8; what encoding the document names for itself does not count.
     *
     * @return a reader to be moved on by {@code next()} alone
     * @throws XmlLimitException if a tag, a comment, an instruction or a piece of CDATA is too long, or a document type is
     *     declared
     */
    public static XMLStreamReader open(Body document) throws XMLStreamException {
        MarkupLength.check(document);
        int start = document.afterByteOrderMark(0);
        InputStreamReader text = new InputStreamReader(
                new ByteArrayInputStream(document.bytes(), start, document.length() - start), StandardCharsets.UTF_8);
        return new Bounded(factory().createXMLStreamReader(text));
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

    /** The parser keeps what it has met of names, and of each element that is open. */
    private static final class Bounded extends StreamReaderDelegate {

        private static final int MOST_NAMES = 20_000;
        private static final int DEEPEST = 64;

        private final Map<String, Set<String>> names = new HashMap<>();
        private int met;
        private int depth;

        Bounded(XMLStreamReader reader) {
            super(reader);
        }

        @Override
        public int next() throws XMLStreamException {
            int event = super.next();
            switch (event) {
                case START_ELEMENT -> begin();
                case END_ELEMENT -> depth--;
                case PROCESSING_INSTRUCTION -> meet("", getPITarget());
                default -> {
                    // Names nothing.
                }
            }
            return event;
        }

        private void begin() throws XmlLimitException {
            if (++depth > DEEPEST) {
                throw new XmlLimitException("The answer nests its elements deeper than " + DEEPEST);
            }
            meet(getPrefix(), getLocalName());
            for (int i = 0; i < getAttributeCount(); i++) {
                meet(getAttributePrefix(i), getAttributeLocalName(i));
            }
            for (int i = 0; i < getNamespaceCount(); i++) {
                meet("xmlns", String.valueOf(getNamespacePrefix(i)));
                meet("", String.valueOf(getNamespaceURI(i)));
            }
        }

        /** The same name behind another prefix is another one. */
        private void meet(@Nullable String prefix, String name) throws XmlLimitException {
            Set<String> behind = names.computeIfAbsent(String.valueOf(prefix), any -> new HashSet<>());
            if (behind.add(name) && ++met > MOST_NAMES) {
                throw new XmlLimitException("The answer has more than " + MOST_NAMES
                        + " names of elements, attributes, namespaces and instructions");
            }
        }
    }
}
