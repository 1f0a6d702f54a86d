package io.github.cameldataverse.changes.testkit.switches;

/** What happens to a delta token that is older than the organization keeps changes. */
public enum DeltaTokenExpiry {
    /** Refused for its age. */
    BY_AGE,
    /** Refused only if a change that the client has not seen is that old: the token of a table without changes stays valid. */
    ONLY_IF_CHANGES_OLDER,
    /** Not refused: all rows are sent, as documentation of 2021 has it. Deletions in between are not sent. */
    SILENT_FULL_LOAD
}
