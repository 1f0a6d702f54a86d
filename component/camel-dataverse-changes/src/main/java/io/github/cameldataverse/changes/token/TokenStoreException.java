package io.github.cameldataverse.changes.token;

/** The repository could not be read or written: a disk, a database or a lock. What was stored before is untouched. */
public class TokenStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param sentence what could not be done, and where */
    public TokenStoreException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
