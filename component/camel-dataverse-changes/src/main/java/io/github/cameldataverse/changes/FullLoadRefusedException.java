package io.github.cameldataverse.changes;

/** A full load, or the deletes at its end, wait for somebody to allow them. */
final class FullLoadRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FullLoadRefusedException(String sentence) {
        super(sentence);
    }
}
