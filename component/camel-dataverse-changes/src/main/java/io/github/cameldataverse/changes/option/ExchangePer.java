package io.github.cameldataverse.changes.option;

/** What one exchange carries. */
public enum ExchangePer {
    /** One change. */
    CHANGE,
    /** Some changes of a page, as a list: {@code batchSize}, or what is left of the page. */
    BATCH,
    /** All changes of a page, as a list. */
    PAGE
}
