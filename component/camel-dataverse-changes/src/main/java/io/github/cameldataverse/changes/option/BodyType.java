package io.github.cameldataverse.changes.option;

/** What the body of a change is. */
public enum BodyType {
    /** The row as served. */
    STRING,
    /** A map from column to value. */
    MAP,
    /** A {@code JsonNode} of Jackson. */
    NODE
}
