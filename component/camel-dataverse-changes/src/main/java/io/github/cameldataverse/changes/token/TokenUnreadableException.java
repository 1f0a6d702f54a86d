package io.github.cameldataverse.changes.token;

/** The stored token of a subscription is there but torn, altered, of a newer format, or another subscription's. */
public class TokenUnreadableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param sentence what is wrong, where, and what to do */
    public TokenUnreadableException(String sentence) {
        super(sentence);
    }

    /** @param sentence what is wrong, where, and what to do */
    public TokenUnreadableException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
