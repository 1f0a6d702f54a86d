package io.github.cameldataverse.changes.lab.race;

/** A reader of a race, wherever it runs. */
interface Racer extends AutoCloseable {

    /** How many of its polls found nothing to do. */
    int idle();

    /** How many polls it has begun; one that leaves the token to the other reader is neither idle nor anything else. */
    int polls();

    /** Ends it, and starts it again where the token stands. */
    void restart() throws Exception;

    @Override
    void close() throws Exception;
}
