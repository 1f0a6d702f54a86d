package io.github.cameldataverse.changes.testkit.http;

/** The ways in which a connection ends without a response. */
public enum ConnectionFailure {
    /** TCP reset. */
    RESET,
    /** Closed without a byte. */
    CLOSED,
    /** Bytes that are not HTTP, then closed. */
    INVALID_HTTP,
    /** Status line and headers, then a broken chunk, then closed. */
    BROKEN_CHUNK
}
