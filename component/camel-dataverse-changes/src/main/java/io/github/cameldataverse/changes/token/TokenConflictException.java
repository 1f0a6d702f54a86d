package io.github.cameldataverse.changes.token;

/** Another reader advanced the subscription in the meantime; the token was left as it is. */
public class TokenConflictException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param sentence which subscription, which revision was expected and which was found */
    public TokenConflictException(String sentence) {
        super(sentence);
    }
}
