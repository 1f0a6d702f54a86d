package io.github.cameldataverse.changes.option;

/** Which members of a row the body of a change has. */
public enum BodyMembers {
    /** All that the service sent. */
    ALL,
    /** Those that are columns, and of a tombstone its id and reason: none with an at sign in its name. */
    COLUMNS
}
