package io.github.cameldataverse.changes.source;

/**
 * A body that is not one whole page of changes. Nothing of it may be delivered. It has no cause: the message of a
 * parser quotes what it stumbled over, which may be the content of a row.
 */
public final class MalformedPageException extends Exception {

    private static final long serialVersionUID = 1L;

    public MalformedPageException(String sentence) {
        super(sentence);
    }
}
