package io.github.cameldataverse.changes.webapi;

import org.jspecify.annotations.Nullable;

/** A body that is not one whole page of changes. Nothing of it may be delivered. */
final class MalformedPageException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedPageException(String sentence) {
        this(sentence, null);
    }

    MalformedPageException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
