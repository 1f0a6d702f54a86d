package io.github.cameldataverse.changes.testkit.http;

/** The ways in which a connection ends without an answer. */
public enum ConnectionFailure {
    /** TCP reset. */
    RESET,
    /** Closed without a byte. */
    CLOSED,
    /** Bytes that are no HTTP, then closed. */
    GARBAGE,
    /** Status line and headers, then a broken chunk, then closed. */
    BROKEN_CHUNK
}
