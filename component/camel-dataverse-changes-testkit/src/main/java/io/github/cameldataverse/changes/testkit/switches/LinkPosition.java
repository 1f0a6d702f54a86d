package io.github.cameldataverse.changes.testkit.switches;

/** The position of a link in a page. */
public enum LinkPosition {
    BEFORE_VALUE,
    AFTER_VALUE
}
