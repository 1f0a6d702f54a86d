package io.github.cameldataverse.changes.option;

/** What a consumer does where no token is stored. */
public enum StartFrom {
    /** It reads the whole table first. */
    INITIAL,
    /** It stops, because a token should be there. */
    STORED,
    /** It reads the whole table and drops its rows, so that only later changes are delivered. */
    NOW
}
