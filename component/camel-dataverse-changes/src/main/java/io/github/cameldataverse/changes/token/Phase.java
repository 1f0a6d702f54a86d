package io.github.cameldataverse.changes.token;

/** What the current round reads. */
public enum Phase {
    /** The first full load of the table. */
    INITIAL,
    /** A full load of which no row is delivered, because the subscription starts from now. */
    SKIP,
    /** The changes since the delta link. */
    DELTA,
    /** A full load again, bracketed by {@code resyncStarted} and {@code resyncCompleted}. */
    RESYNC,
    /** Nothing: what is stored under this name is {@link Checkpoint#isMoved no place of a reader}. */
    MOVED
}
