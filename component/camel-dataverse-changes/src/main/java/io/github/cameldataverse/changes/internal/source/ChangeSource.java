package io.github.cameldataverse.changes.internal.source;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.token.Checkpoint;

/**
 * Reads the changes of a table page by page. Each API of the service that can do so has one. The links of the checkpoints
 * are its own: it makes them, and it alone reads them. For one thread at a time.
 */
public interface ChangeSource {

    /**
     * The page at which the checkpoint stands.
     *
     * @throws ServiceFault.TokenExpired if the service no longer knows the token of the checkpoint
     * @throws ServiceFault of the type that says what is to be done about it
     */
    Page page(TableDefinition table, Checkpoint checkpoint) throws ServiceFault;

    /**
     * The link of a round as a delta link of the Web API, the only API that counts changes ({@link TableQueries#count}).
     * All of them write their tokens alike.
     *
     * @throws ServiceFault.Permanent if this API did not make the link
     */
    String deltaLink(TableDefinition table, String roundLink) throws ServiceFault.Permanent;
}
