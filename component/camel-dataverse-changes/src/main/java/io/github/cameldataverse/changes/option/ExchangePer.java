package io.github.cameldataverse.changes.option;

/** What one exchange carries. */
public enum ExchangePer {
    /** One change. */
    CHANGE,
    /** All changes of a page, as a list. */
    PAGE
}
