package io.github.cameldataverse.changes.auth;

import org.jspecify.annotations.Nullable;

/** No access token could be obtained. Its message never holds a credential. */
public final class AccessTokenException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean refused;

    private AccessTokenException(String sentence, boolean refused, @Nullable Throwable cause) {
        super(sentence, cause);
        this.refused = refused;
    }

    /** The authority said no: a wrong secret, an unknown tenant. Asking again will not help by itself. */
    public static AccessTokenException refused(String sentence, @Nullable Throwable cause) {
        return new AccessTokenException(sentence, true, cause);
    }

    /** The authority could not be reached, or failed. Asking again may help. */
    public static AccessTokenException unreachable(String sentence, @Nullable Throwable cause) {
        return new AccessTokenException(sentence, false, cause);
    }

    /** Whether the authority said no. */
    public boolean isRefused() {
        return refused;
    }
}
