package io.github.cameldataverse.changes.option;

/** What a consumer does when the service no longer knows the stored token. */
public enum OnTokenExpired {
    /** It stops and says so. */
    FAIL,
    /** It reads the whole table again. */
    RESYNC
}
