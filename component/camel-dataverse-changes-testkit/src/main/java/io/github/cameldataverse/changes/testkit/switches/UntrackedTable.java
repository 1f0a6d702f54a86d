package io.github.cameldataverse.changes.testkit.switches;

/** What happens when the changes of a table are asked for that does not track them. */
public enum UntrackedTable {
    /** 400 with 0x80072491. */
    REFUSED,
    /** 200 with the rows, but never a delta link. */
    NO_DELTA_LINK
}
