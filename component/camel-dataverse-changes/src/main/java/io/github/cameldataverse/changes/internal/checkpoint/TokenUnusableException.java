package io.github.cameldataverse.changes.internal.checkpoint;

/** The stored token does not fit what the endpoint asks for, or is not there although it should be. */
public final class TokenUnusableException extends Exception {

    private static final long serialVersionUID = 1L;

    public TokenUnusableException(String sentence) {
        super(sentence);
    }
}
