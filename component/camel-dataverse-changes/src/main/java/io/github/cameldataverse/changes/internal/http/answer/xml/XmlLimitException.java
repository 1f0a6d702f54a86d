package io.github.cameldataverse.changes.internal.http.answer.xml;

import javax.xml.stream.XMLStreamException;

/** A document passes a limit; the message says which, and nothing of the content. */
public final class XmlLimitException extends XMLStreamException {

    private static final long serialVersionUID = 1L;

    XmlLimitException(String message) {
        super(message);
    }
}
