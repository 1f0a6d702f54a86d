package io.github.cameldataverse.changes.testkit.switches;

/** The response to a delta without changes. */
public enum EmptyDelta {
    /** An empty {@code value} and a new delta link. */
    EMPTY_VALUE,
    /** An empty JSON object. */
    EMPTY_OBJECT,
    /** Status 204 and no body. */
    NO_CONTENT
}
