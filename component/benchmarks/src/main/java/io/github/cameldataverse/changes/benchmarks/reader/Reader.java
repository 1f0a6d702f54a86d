package io.github.cameldataverse.changes.benchmarks.reader;

/** Reads a load to its end, as often as it is told to. Not thread-safe. */
interface Reader extends AutoCloseable {

    /** Reads all pages of the load once. */
    Reading read() throws Exception;

    @Override
    default void close() throws Exception {}

    /**
     * What a reader has to tell of a load.
     *
     * @param rows that it has handed on
     * @param token whether it would know where to go on: it has read the delta link
     */
    record Reading(long rows, boolean token) {}
}
