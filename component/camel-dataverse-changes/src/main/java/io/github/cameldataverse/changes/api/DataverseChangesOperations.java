package io.github.cameldataverse.changes.api;

/** What a producer can do; the option {@code operation} names one, and the header {@code CamelDataverseChangesOperation}. */
public enum DataverseChangesOperations {
    /** Counts the changes that wait behind the stored delta link. */
    COUNT,
    /** Tells where the subscription stands. */
    TOKEN,
    /** Asks for a full reload. */
    RESYNC,
    /**
     * Lets a full load that waits before its deletes, or before its end, go on: the one whose round the header
     * {@code CamelDataverseChangesRound} names.
     */
    ALLOW_DELETES,
    /** Lists which tables of the organization are tracked, could be, or cannot. */
    TABLES,
    /** Turns on change tracking for the table, which cannot be undone. */
    ENABLE,
    /** Tells what each date column means. */
    DATES
}
