package io.github.cameldataverse.changes;

import io.github.cameldataverse.changes.change.Page;
import io.github.cameldataverse.changes.delivery.Existence;
import io.github.cameldataverse.changes.delivery.NotAcceptedException;
import io.github.cameldataverse.changes.delivery.PageDelivery;
import io.github.cameldataverse.changes.delivery.PagePlan;
import io.github.cameldataverse.changes.delivery.Parcel;
import io.github.cameldataverse.changes.delivery.PlannedChange;
import io.github.cameldataverse.changes.delivery.RoundMemory;
import io.github.cameldataverse.changes.http.ServiceFault;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.Phase;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.webapi.ChangeTracking;
import io.github.cameldataverse.changes.webapi.TableDefinition;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The walk of a round, page by page: read a page, name its changes, deliver them, remember where the next page starts.
 * The checkpoint moves only behind a page of which every change was accepted. For one thread at a time.
 */
final class Corridor {

    private static final Logger LOG = LoggerFactory.getLogger(Corridor.class);

    private final ChangeTracking tracking;
    private final TableDefinition table;
    private final CheckpointKeeper checkpoints;
    private final ChangeParcels parcels;
    private final PageDelivery delivery;
    private final MissingRecords missing;
    private final FullLoadGate gate;
    private final RoundLog log;
    private final boolean resyncOnExpiry;
    private final boolean manualCommit;
    private @Nullable RoundMemory memory;
    private long memoryOfRound;

    Corridor(
            Subscription subscription,
            ChangeTracking tracking,
            TableDefinition table,
            CheckpointKeeper checkpoints,
            PageDelivery delivery,
            RoundLog log) {
        this.tracking = tracking;
        this.table = table;
        this.checkpoints = checkpoints;
        this.parcels = new ChangeParcels(subscription, table);
        this.delivery = delivery;
        this.gate = FullLoadGate.of(subscription);
        this.missing = new MissingRecords(checkpoints, gate, parcels, delivery);
        this.log = log;
        this.resyncOnExpiry = subscription.resyncOnExpiry();
        this.manualCommit = subscription.delivery().manualCommit();
    }

    /** Watches the walk, and may end it between two pages. */
    interface Watcher {

        /** A page has arrived. */
        void arrived();

        /** The walk stands at this checkpoint; whether it may go on to the page behind it. */
        boolean stands(Checkpoint checkpoint);
    }

    /** Walks to the end of the round, or until it is told to stop. Returns the number of exchanges. */
    int walk(Watcher watcher) throws ServiceFault, NotAcceptedException, TokenUnusableException {
        StoredToken token = checkpoints.load();
        log.begins(token.checkpoint());
        int sent = 0;
        while (watcher.stands(token.checkpoint())) {
            Checkpoint here = token.checkpoint();
            Page page = read(here);
            if (page == null) {
                // The round, or a resync in its place, begins anew.
                token = checkpoints.load();
                continue;
            }
            watcher.arrived();
            gate.requireRoom(here, page);
            token = offered(token, page);
            List<PlannedChange> plan = planOf(token, page);
            PageInHand inHand = inHand(token, plan, page);
            PageDelivery.Delivered delivered = deliver(token, plan, page, inHand);
            sent += delivered.sent();
            if (!delivered.whole()) {
                return sent;
            }
            token = checkpoints.carry(inHand.done(), PagePlan.leftOver(token.delivered(), page.changes()));
            memoryOf(here).follow(token.checkpoint().pageLink());
            log.page(here, delivered.sent(), page);
            if (!(page.next() instanceof Page.MorePages)) {
                watcher.stands(token.checkpoint());
                return sent;
            }
        }
        return sent;
    }

    /** The page at the checkpoint; null if the checkpoint was moved instead. */
    private @Nullable Page read(Checkpoint here) throws ServiceFault {
        try {
            Page page = tracking.page(table, here);
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

    /**
     * Notes the records of the first page of a full load before the route is offered them. If that page is interrupted, it
     * is asked for anew, and the service tells nothing of what was deleted in between. Known records serve the same end.
     */
    private StoredToken offered(StoredToken token, Page page) {
        return beginsLoadOfTheUnknown(token.checkpoint()) ? checkpoints.offer(token, page.changes()) : token;
    }

    private boolean beginsLoadOfTheUnknown(Checkpoint here) {
        return here.beginsFullLoad() && !checkpoints.known().areKept();
    }

    private List<PlannedChange> planOf(StoredToken token, Page page) throws ServiceFault {
        Checkpoint here = token.checkpoint();
        PagePlan plan = new PagePlan(token.delivered(), memoryOf(here));
        Existence<ServiceFault> existence = id -> tracking.lives(table, id);
        List<PlannedChange> planned = plan.of(page.changes(), existence);
        if (beginsLoadOfTheUnknown(here)) {
            planned.addAll(plan.vanished(page.changes(), here.round(), existence));
        }
        return planned;
    }

    private PageInHand inHand(StoredToken token, List<PlannedChange> plan, Page page) {
        Checkpoint here = token.checkpoint();
        Set<String> gone = KnownRecords.gone(token.delivered(), plan);
        if (!manualCommit) {
            return new NotedPage(checkpoints, here, page, gone);
        }
        Checkpoint next = checkpoints.behind(here, page.next(), page.changes().size());
        return new CommittedPage(checkpoints, here, next, gone, !missing.follow(here, page));
    }

    private PageDelivery.Delivered deliver(StoredToken token, List<PlannedChange> plan, Page page, PageInHand inHand)
            throws NotAcceptedException {
        checkpoints.known().expect(token.checkpoint(), page);
        List<Parcel> exchanges = parcels.of(token, plan, page.next());
        if (!missing.follow(token.checkpoint(), page)) {
            return delivery.deliver(exchanges, inHand);
        }
        int end = exchanges.size() - ChangeParcels.endsIn(exchanges);
        return delivery.deliver(exchanges.subList(0, end), inHand)
                .then(() -> missing.deliver(token.checkpoint(), page, inHand))
                .then(() -> delivery.deliver(exchanges.subList(end, exchanges.size()), inHand));
    }

    private void requireNewLink(Checkpoint here, Page page) throws ServiceFault.Permanent {
        if (page.next() instanceof Page.MorePages more && memoryOf(here).hasFollowed(more.link())) {
            throw new ServiceFault.Permanent(
                    "The service sent a link to a page of this round that was read before; following it would never end",
                    0);
        }
    }

    private RoundMemory memoryOf(Checkpoint checkpoint) {
        if (memory == null || memoryOfRound != checkpoint.round()) {
            // A full load has no tombstones, so there is nothing to remember of its rows.
            boolean watched = checkpoint.phase() == Phase.DELTA && checkpoint.atRoundStart();
            memory = new RoundMemory(watched, checkpoint.pageLink());
            memoryOfRound = checkpoint.round();
        }
        return memory;
    }
}
