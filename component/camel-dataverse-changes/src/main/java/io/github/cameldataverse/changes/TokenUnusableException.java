package io.github.cameldataverse.changes;

/** The stored token does not fit what the endpoint asks for, or is not there although it should be. */
final class TokenUnusableException extends Exception {

    private static final long serialVersionUID = 1L;

    TokenUnusableException(String sentence) {
        super(sentence);
    }
}
