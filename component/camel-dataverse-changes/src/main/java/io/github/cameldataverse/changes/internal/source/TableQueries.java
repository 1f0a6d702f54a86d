package io.github.cameldataverse.changes.internal.source;

import io.github.cameldataverse.changes.api.ServiceFault;

/**
 * What a reader asks about a table and its records besides the pages of changes. It is asked of the Web API, whichever API
 * the pages are read from. For one thread at a time.
 */
public interface TableQueries {

    /** Finds the table by its logical name or its entity set name, and whether its changes are tracked. */
    TableDefinition table(String name) throws ServiceFault;

    /** Whether a record is there now. */
    boolean lives(TableDefinition table, String id) throws ServiceFault;

    /**
     * How many changes wait behind a delta link, which stays good.
     *
     * @param deltaLink as {@link ChangeSource#deltaLink} gives it
     */
    long count(TableDefinition table, String deltaLink) throws ServiceFault;
}
