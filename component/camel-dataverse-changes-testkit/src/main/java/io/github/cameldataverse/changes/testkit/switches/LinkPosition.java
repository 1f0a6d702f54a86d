package io.github.cameldataverse.changes.testkit.switches;

/** Where a link stands in a page. */
public enum LinkPosition {
    BEFORE_VALUE,
    AFTER_VALUE
}
