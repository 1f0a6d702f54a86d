package io.github.cameldataverse.changes.testkit.switches;

/** Up to where a load of several pages reads, and its delta link begins. */
public enum Watermark {
    /** Fixed when the first page is asked for: what changes later is in the next delta. */
    FIRST_PAGE,
    /** Read again at the last page: what changes in between can be lost. For tests that must find that. */
    LAST_PAGE
}
