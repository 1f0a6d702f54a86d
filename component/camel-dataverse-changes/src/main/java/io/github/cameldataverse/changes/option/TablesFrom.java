package io.github.cameldataverse.changes.option;

/** Where the operation {@code tables} looks. */
public enum TablesFrom {
    /** In {@code EntityDefinitions}, which also tell what could be tracked. */
    DEFINITIONS,
    /** In the document {@code $metadata} with its annotations, which tells what is tracked. */
    DOCUMENT
}
