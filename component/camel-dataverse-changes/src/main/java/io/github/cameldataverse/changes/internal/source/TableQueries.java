package io.github.cameldataverse.changes.internal.source;

import io.github.cameldataverse.changes.api.ServiceFault;
import java.util.Collection;

/**
 * What a reader asks about a table and its records besides the pages of changes. It is asked of the Web API, whichever API
 * the pages are read from. For one thread at a time.
 */
public interface TableQueries {

    /** Finds the table by its logical name or its entity set name, and whether its changes are tracked. */
    TableDefinition table(String name) throws ServiceFault;

    /** Where the rows of a table are kept, as far as that changes how they are named. */
    enum TableType {
        /** Beside the database: a record is named by its id and a partition id. */
        ELASTIC,
        /** Standard or virtual, or not told. */
        ANY_OTHER
    }

    /** The type of a table; {@link TableType#ANY_OTHER} if the service does not know the property. */
    TableType type(TableDefinition table) throws ServiceFault;

    /** Whether a record is there. */
    enum RecordState {
        LIVES,
        GONE
    }

    /** Is told of records, one after the other. */
    @FunctionalInterface
    interface RecordListener {
        void answered(String id, RecordState state);
    }

    /**
     * Whether each of these records is there now.
     *
     * @param listener told of each answer when it comes, also if another one does not
     * @throws ServiceFault if there is no answer for one of them; those that the listener was told of stay good
     */
    void states(TableDefinition table, Collection<String> ids, RecordListener listener) throws ServiceFault;

    /**
     * How many changes wait behind a delta link, which stays good.
     *
     * @param deltaLink as {@link ChangeSource#deltaLink} gives it
     */
    long count(TableDefinition table, String deltaLink) throws ServiceFault;
}
