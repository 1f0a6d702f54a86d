package io.github.cameldataverse.changes.example;

/** A change that this application cannot take, today or tomorrow; one of the reasons that {@link Refusal} knows. */
final class RefusedChangeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RefusedChangeException(String sentence) {
        super(sentence);
    }
}
