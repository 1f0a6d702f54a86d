package io.github.cameldataverse.changes.testkit.switches;

/** What becomes of a delta token that is older than the organization keeps track. */
public enum DeltaTokenExpiry {
    /** Refused for its age. */
    BY_AGE,
    /** Refused only if a change that the client has not seen is that old: the token of a quiet table lives on. */
    ONLY_IF_CHANGES_OLDER,
    /** Not refused: all rows are sent, as documentation of 2021 has it. Deletions of the gap are not told. */
    SILENT_FULL_LOAD
}
