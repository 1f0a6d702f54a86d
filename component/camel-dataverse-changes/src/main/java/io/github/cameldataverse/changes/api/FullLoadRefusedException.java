package io.github.cameldataverse.changes.api;

/** A full load, or the deletes at its end, wait until a person allows them. */
public final class FullLoadRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public FullLoadRefusedException(String sentence) {
        super(sentence);
    }
}
