package io.github.cameldataverse.changes.lab.race;

/** A reader of a race, wherever it runs. */
interface Racer extends AutoCloseable {

    /** How many of its polls found nothing to do. */
    int idle();

    /** Ends it, and starts it again where the token stands. */
    void restart() throws Exception;

    @Override
    void close() throws Exception;
}
