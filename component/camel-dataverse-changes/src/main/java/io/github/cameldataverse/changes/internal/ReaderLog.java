package io.github.cameldataverse.changes.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of a reader. Whatever is said of one consumer is said under the name of its class, wherever in the component it
 * is found, so that one setting shows or hides the story of a route.
 */
public final class ReaderLog {

    /** The name of the logger, for settings. */
    public static final String NAME = "io.github.cameldataverse.changes.DataverseChangesConsumer";

    public static final Logger LOG = LoggerFactory.getLogger(NAME);

    private ReaderLog() {}
}
