package io.github.cameldataverse.changes.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of a reader. Whatever is logged about one consumer has the name of the consumer's class, wherever in the component
 * it is found, so that one setting of a user holds for all of it.
 */
public final class ReaderLog {

    public static final Logger LOG =
            LoggerFactory.getLogger("io.github.cameldataverse.changes.DataverseChangesConsumer");

    private ReaderLog() {}
}
