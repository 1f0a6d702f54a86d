package io.github.cameldataverse.changes.token;

/**
 * The repository could not be read or written: a disk, a database or a lock. What is stored is whole: the token from
 * before or, where the answer to a write was lost, the new one. Load again to see which.
 */
public class TokenStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param sentence what could not be done, where, and what to do */
    public TokenStoreException(String sentence) {
        super(sentence);
    }

    /** @param sentence what could not be done, and where */
    public TokenStoreException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
