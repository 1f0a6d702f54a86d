package io.github.cameldataverse.changes.testkit.switches;

/** The version up to which a load of several pages reads, and at which its delta link begins. */
public enum Watermark {
    /** Fixed at the first page: later changes are in the next delta. */
    FIRST_PAGE,
    /** Read again at the last page: changes in between can be lost. For tests that must detect that. */
    LAST_PAGE
}
