package io.github.cameldataverse.changes.token;

/**
 * In which transaction of its caller a {@link DeltaTokenRepository} notes and moves. Two answers are compared by
 * {@link #isSameAs}, never by {@code equals}. Immutable.
 */
public sealed interface CallerTransaction {

    /** In none: what is noted or moved counts at once, and nobody rolls it back. */
    record None() implements CallerTransaction {}

    /**
     * In one that has a name.
     *
     * @param name the store's own name of the transaction, which no other transaction ever has; a savepoint, or a nested
     *     transaction on one, has the name of the transaction around it
     */
    record Named(String name) implements CallerTransaction {}

    /** In one of which the store tells no name. */
    record Unnamed() implements CallerTransaction {}

    /** Whether the two are known to be one transaction: both are named, with the same name. */
    default boolean isSameAs(CallerTransaction other) {
        return this instanceof Named && equals(other);
    }
}
