package io.github.cameldataverse.changes.webapi;

/**
 * A body that is not one whole page of changes. Nothing of it may be delivered. It has no cause: the message of a JSON
 * parser quotes what it stumbled over, which may be the content of a row.
 */
final class MalformedPageException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedPageException(String sentence) {
        super(sentence);
    }
}
