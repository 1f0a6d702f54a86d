package io.github.cameldataverse.changes.internal.orgservice.xml;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.http.answer.Body;
import io.github.cameldataverse.changes.internal.http.answer.StrictUtf8;
import io.github.cameldataverse.changes.internal.http.answer.xml.SealedXml;
import io.github.cameldataverse.changes.internal.http.answer.xml.XmlLimitException;
import io.github.cameldataverse.changes.internal.source.MalformedPageException;
import java.util.Objects;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Walks through an XML document, element by element, and only so deep. What a visitor does not read is passed over, but it
 * is parsed: at the end of the root a whole document has been seen. For one thread.
 */
public final class XmlCursor {

    private final XMLStreamReader reader;
    private final int maxText;
    private int text;
    private int depth;

    /** Reads the element at which the cursor stands. */
    public interface Visitor {

        void visit() throws MalformedPageException, ServiceFault;
    }

    private XmlCursor(XMLStreamReader reader, int maxText) {
        this.reader = reader;
        this.maxText = maxText;
    }

    /**
     * At the start of an answer in UTF-8. The parser resolves no entity and reads nothing outside of the answer.
     *
     * @param maxText longest text, in characters, of the elements that are read between two calls of {@link #begin}
     */
    public static XmlCursor of(Body body, int maxText) throws MalformedPageException {
        int start = body.afterByteOrderMark(0);
        int length = body.length() - start;
        if (!StrictUtf8.isValid(body.bytes(), start, length)) {
            throw new MalformedPageException("The answer holds bytes that are no UTF-8");
        }
        try {
            return new XmlCursor(SealedXml.open(body), maxText);
        } catch (XMLStreamException e) {
            throw notWhole(e);
        }
    }

    /** Says where, and never what stood there: it may be the content of a row. */
    private static MalformedPageException notWhole(XMLStreamException e) {
        if (e instanceof XmlLimitException) {
            return new MalformedPageException(String.valueOf(e.getMessage()));
        }
        return new MalformedPageException("The answer is no whole XML document"
                + (e.getLocation() == null
                        ? ""
                        : ": it breaks at character " + e.getLocation().getCharacterOffset()));
    }

    /** Reads the document from its first to its last byte. */
    void root(Visitor visitor) throws MalformedPageException, ServiceFault {
        while (step() != XMLStreamConstants.START_ELEMENT) {
            // What may stand before the root says nothing.
        }
        visitor.visit();
        while (step() != XMLStreamConstants.END_DOCUMENT) {
            // What the visitor has not read, and what may stand behind the root.
        }
    }

    /** What was read so far is done with, and its text counts no more. */
    public void begin() {
        text = 0;
    }

    /** Visits each element inside of the current one, and stands behind that one then. */
    public void children(Visitor visitor) throws MalformedPageException, ServiceFault {
        while (toChild()) {
            int here = depth;
            visitor.visit();
            while (depth >= here) {
                step();
            }
        }
    }

    private boolean toChild() throws MalformedPageException {
        while (true) {
            switch (step()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    return true;
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    return false;
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> requireBlank();
                default -> {
                    // A comment, or an instruction to a processor that is not there.
                }
            }
        }
    }

    private void requireBlank() throws MalformedPageException {
        if (!reader.isWhiteSpace()) {
            throw new MalformedPageException("The answer has text between its elements" + where());
        }
    }

    /** The text of the current element, to its end. */
    public String text() throws MalformedPageException {
        StringBuilder text = new StringBuilder();
        while (true) {
            switch (step()) {
                case XMLStreamConstants.END_ELEMENT -> {
                    return text.toString();
                }
                case XMLStreamConstants.START_ELEMENT ->
                    throw new MalformedPageException("The answer has an element where a text is due" + where());
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> append(text);
                default -> {
                    // A comment divides no text.
                }
            }
        }
    }

    private void append(StringBuilder text) throws MalformedPageException {
        this.text += reader.getTextLength();
        if (this.text > maxText) {
            throw new MalformedPageException("The answer has texts of more than " + maxText
                    + " characters in one place (maxRowBytes, and a quarter of maxPageBytes)" + where());
        }
        text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
    }

    /** The text of the current element; null if it says that it has none. */
    @Nullable
    public String textOrNull() throws MalformedPageException {
        return isNil() ? null : text();
    }

    /** The text of the current element; empty also if it says that it has none. */
    public String textOrEmpty() throws MalformedPageException {
        return isNil() ? "" : text();
    }

    /** Whether the current element has this name. */
    public boolean is(String namespace, String name) {
        return name.equals(reader.getLocalName()) && namespace.equals(namespace());
    }

    /** The name of the current element, if it is of this namespace; empty if not. */
    public String nameIn(String namespace) {
        return namespace.equals(namespace()) ? reader.getLocalName() : "";
    }

    /** The parser has two ways to say that there is none. */
    private String namespace() {
        return Objects.requireNonNullElse(reader.getNamespaceURI(), "");
    }

    /** Whether the current element says that it stands for nothing. */
    public boolean isNil() {
        String nil = reader.getAttributeValue(Namespaces.INSTANCE, "nil");
        return "true".equals(nil) || "1".equals(nil);
    }

    /** The type of the current element. Its prefix means what it means at this place of the document. */
    public QName type() throws MalformedPageException {
        String type = reader.getAttributeValue(Namespaces.INSTANCE, "type");
        if (type == null) {
            throw new MalformedPageException("The answer has an element without a type" + where());
        }
        int colon = type.indexOf(':');
        String namespace =
                reader.getNamespaceURI(type.substring(0, Math.max(colon, 0)).strip());
        if (colon >= 0 && namespace == null) {
            throw new MalformedPageException("The answer names a type by a prefix that stands for nothing" + where());
        }
        return new QName(namespace, type.substring(colon + 1).strip());
    }

    private int step() throws MalformedPageException {
        try {
            int event = reader.next();
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> depth++;
                case XMLStreamConstants.END_ELEMENT -> depth--;
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new MalformedPageException("The answer declares or names an entity, which is not read");
                default -> {
                    // Text, or nothing of importance.
                }
            }
            return event;
        } catch (XMLStreamException e) {
            throw notWhole(e);
        }
    }

    private String where() {
        return " at character " + reader.getLocation().getCharacterOffset();
    }
}
