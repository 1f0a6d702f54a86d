package io.github.cameldataverse.changes.example;

/**
 * A sink refuses a change for what it holds, and would refuse it tomorrow too. Such a change goes to the dead letters;
 * every other failure is an outage, and the change waits.
 */
final class RefusedChangeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RefusedChangeException(String sentence) {
        super(sentence);
    }

    RefusedChangeException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
