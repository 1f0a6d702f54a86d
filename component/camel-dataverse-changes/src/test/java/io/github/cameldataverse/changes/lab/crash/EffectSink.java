package io.github.cameldataverse.changes.lab.crash;

/** Where the effects of changes go, one after the other; keeps every one of them, repeated or not. */
interface EffectSink extends AutoCloseable {

    void write(SinkEffect effect) throws Exception;

    @Override
    void close() throws Exception;
}
