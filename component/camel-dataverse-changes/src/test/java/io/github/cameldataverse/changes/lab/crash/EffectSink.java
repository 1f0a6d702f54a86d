package io.github.cameldataverse.changes.lab.crash;

import org.apache.camel.Exchange;

/** Where the effects of changes go, one after the other; keeps every one of them, repeated or not. */
interface EffectSink extends AutoCloseable {

    void write(SinkEffect effect) throws Exception;

    /** The effect of an exchange takes place. */
    default void take(SinkEffect effect, Exchange exchange) throws Exception {
        write(effect);
    }

    @Override
    void close() throws Exception;
}
