package io.github.cameldataverse.changes.internal.source;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.change.Page;
import io.github.cameldataverse.changes.token.Checkpoint;

/**
 * Where changes come from. The links of the checkpoints are its own: it makes them, and nobody else reads them. For one
 * thread at a time.
 */
public interface ChangeSource {

    /** Finds the table by its logical name or its entity set name, and whether its changes are tracked. */
    TableDefinition table(String name) throws ServiceFault;

    /**
     * The page at which the checkpoint stands.
     *
     * @throws ServiceFault.TokenExpired if the service no longer knows the token of the checkpoint
     * @throws ServiceFault of the type that says what is to be done about it
     */
    Page page(TableDefinition table, Checkpoint checkpoint) throws ServiceFault;

    /** Whether a record is there now. */
    boolean lives(TableDefinition table, String id) throws ServiceFault;

    /** How many changes wait behind the link of a round, which stays good. */
    long count(TableDefinition table, String roundLink) throws ServiceFault;
}
