package io.github.cameldataverse.changes.testkit.wire;

/** The ways in which a connection ends without an answer. */
public enum Rupture {
    /** TCP reset. */
    RESET,
    /** Closed without a byte. */
    CLOSED,
    /** Bytes that are no HTTP, then closed. */
    GARBAGE,
    /** Status line and headers, then a broken chunk, then closed. */
    BROKEN_CHUNK
}
