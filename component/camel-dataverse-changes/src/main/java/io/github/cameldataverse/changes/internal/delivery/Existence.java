package io.github.cameldataverse.changes.internal.delivery;

/**
 * Asks whether a record is there now.
 *
 * @param <X> what goes wrong when the question cannot be answered
 */
@FunctionalInterface
public interface Existence<X extends Exception> {

    /** Whether the record lives. */
    boolean lives(String recordId) throws X;
}
