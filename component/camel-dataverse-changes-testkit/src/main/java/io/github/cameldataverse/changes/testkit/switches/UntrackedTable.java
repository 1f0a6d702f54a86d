package io.github.cameldataverse.changes.testkit.switches;

/** The response to a tracked request for a table that is not tracked. */
public enum UntrackedTable {
    /** 400 with 0x80072491. */
    REFUSED,
    /** 200 with the rows, but never a delta link. */
    NO_DELTA_LINK
}
