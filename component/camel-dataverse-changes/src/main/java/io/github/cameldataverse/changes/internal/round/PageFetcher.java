package io.github.cameldataverse.changes.internal.round;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.change.Page;
import io.github.cameldataverse.changes.internal.checkpoint.CheckpointKeeper;
import io.github.cameldataverse.changes.internal.checkpoint.TokenExpiry;
import io.github.cameldataverse.changes.internal.delivery.Existence;
import io.github.cameldataverse.changes.internal.delivery.RoundMemory;
import io.github.cameldataverse.changes.internal.source.ChangeSource;
import io.github.cameldataverse.changes.internal.source.TableDefinition;
import io.github.cameldataverse.changes.internal.source.TableQueries;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.Phase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the page at a checkpoint, and knows what it means that the service refuses to serve it. For one thread at a
 * time.
 */
final class PageFetcher {

    private static final Logger LOG = LoggerFactory.getLogger(PageFetcher.class);

    private final ChangeSource source;
    private final TableQueries queries;
    private final TableDefinition table;
    private final CheckpointKeeper checkpoints;
    private final TokenExpiry expiry;
    private final boolean resyncOnExpiry;
    private @Nullable RoundMemory memory;
    private long memoryOfRound;

    PageFetcher(
            ChangeSource source,
            TableQueries queries,
            TableDefinition table,
            CheckpointKeeper checkpoints,
            TokenExpiry expiry,
            boolean resyncOnExpiry) {
        this.source = source;
        this.queries = queries;
        this.table = table;
        this.checkpoints = checkpoints;
        this.expiry = expiry;
        this.resyncOnExpiry = resyncOnExpiry;
    }

    /** The page at the checkpoint; null if the checkpoint was moved instead. */
    @Nullable
    Page read(Checkpoint here) throws ServiceFault {
        try {
            expiry.requireYoung(here);
            checkpoints.asks(here);
            Page page = source.page(table, here);
            requireNewLink(here, page);
            return page;
        } catch (ServiceFault.TokenExpired | ServiceFault.Permanent fault) {
            if (fault.getHttpResponseCode() > 0 && !here.atRoundStart()) {
                return roundAgain(here, fault);
            }
            if (fault instanceof ServiceFault.TokenExpired && resyncOnExpiry) {
                return resync(here, fault);
            }
            throw fault;
        }
    }

    /** Whether a record is there now. */
    Existence<ServiceFault> existence() {
        return id -> queries.lives(table, id);
    }

    /** How long the link of a next page stays good is nowhere said; the link of the round is good for days. */
    private @Nullable Page roundAgain(Checkpoint here, ServiceFault fault) throws ServiceFault.Transient {
        checkpoints.roundAgain(here);
        memory = null;
        throw new ServiceFault.Transient(
                "The service refused the link of page " + (here.pages() + 1) + " of round " + here.round()
                        + "; the round starts again at the next poll, and pages delivered in it may repeat: "
                        + fault.getMessage(),
                fault.getHttpResponseCode(),
                fault);
    }

    private @Nullable Page resync(Checkpoint here, ServiceFault fault) {
        LOG.warn("Reading the whole table again (onTokenExpired=resync): {}", fault.getMessage());
        checkpoints.resyncAfterExpiry(here);
        return null;
    }

    private void requireNewLink(Checkpoint here, Page page) throws ServiceFault.Permanent {
        if (page.next() instanceof Page.MorePages more && memoryOf(here).hasFollowed(more.link())) {
            throw new ServiceFault.Permanent(
                    "The service sent a link to a page of this round that was read before; following it would never end",
                    0);
        }
    }

    /** What is remembered of the round of a checkpoint. */
    RoundMemory memoryOf(Checkpoint checkpoint) {
        if (memory == null || memoryOfRound != checkpoint.round()) {
            // A full load has no tombstones, so there is nothing to remember of its rows.
            boolean watched = checkpoint.phase() == Phase.DELTA && checkpoint.atRoundStart();
            memory = new RoundMemory(watched, checkpoint.pageLink());
            memoryOfRound = checkpoint.round();
        }
        return memory;
    }
}
