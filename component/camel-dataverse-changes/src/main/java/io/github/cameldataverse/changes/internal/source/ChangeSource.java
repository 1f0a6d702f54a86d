package io.github.cameldataverse.changes.internal.source;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.token.Checkpoint;
import java.util.List;

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
     * Columns of the option select that the next page of a checkpoint will not bring, because the service left them out of its
     * own link. Asks nothing; any thread may call it.
     */
    default List<String> droppedColumns(Checkpoint here) {
        return List.of();
    }

    /**
     * The link of a round as a delta link of the Web API, the only API that counts changes ({@link TableQueries#count}).
     * All of them write their tokens alike.
     *
     * @throws ServiceFault.Permanent if this API did not make the link
     */
    String deltaLink(TableDefinition table, String roundLink) throws ServiceFault.Permanent;
}
