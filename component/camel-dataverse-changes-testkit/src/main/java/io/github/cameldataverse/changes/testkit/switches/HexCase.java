package io.github.cameldataverse.changes.testkit.switches;

/** How percent-encoded characters are written in delta links. */
public enum HexCase {
    LOWER,
    UPPER
}
