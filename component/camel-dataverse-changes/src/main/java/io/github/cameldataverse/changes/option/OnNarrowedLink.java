package io.github.cameldataverse.changes.option;

/** What a consumer does when a link of the Web API leaves out columns of the option select. */
public enum OnNarrowedLink {
    /** It follows the link, with a warning. */
    FOLLOW,
    /** It stops and says so. */
    FAIL
}
