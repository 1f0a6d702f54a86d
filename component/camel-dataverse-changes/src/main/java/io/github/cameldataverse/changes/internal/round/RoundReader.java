package io.github.cameldataverse.changes.internal.round;

import io.github.cameldataverse.changes.api.NotAcceptedException;
import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.change.Page;
import io.github.cameldataverse.changes.internal.checkpoint.CheckpointKeeper;
import io.github.cameldataverse.changes.internal.checkpoint.FullLoadGate;
import io.github.cameldataverse.changes.internal.checkpoint.KnownRecords;
import io.github.cameldataverse.changes.internal.checkpoint.TokenExpiry;
import io.github.cameldataverse.changes.internal.checkpoint.TokenUnusableException;
import io.github.cameldataverse.changes.internal.delivery.ChangeExchange;
import io.github.cameldataverse.changes.internal.delivery.PageDelivery;
import io.github.cameldataverse.changes.internal.delivery.PagePlan;
import io.github.cameldataverse.changes.internal.delivery.PlannedChange;
import io.github.cameldataverse.changes.internal.exchange.PageExchanges;
import io.github.cameldataverse.changes.internal.exchange.UpsertKind;
import io.github.cameldataverse.changes.internal.exchange.UpsertKinds;
import io.github.cameldataverse.changes.internal.source.ChangeSource;
import io.github.cameldataverse.changes.internal.source.TableDefinition;
import io.github.cameldataverse.changes.internal.status.RoundLog;
import io.github.cameldataverse.changes.internal.subscription.Subscription;
import io.github.cameldataverse.changes.option.OnTokenExpired;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.StoredToken;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The walk of a round, page by page: read a page, name its changes, deliver them, remember where the next page starts.
 * The checkpoint moves only behind a page of which every change was accepted. For one thread at a time.
 */
public final class RoundReader {

    private final PageFetcher pages;
    private final CheckpointKeeper checkpoints;
    private final PageNotes notes;
    private final PageExchanges parcels;
    private final PageDelivery delivery;
    private final MissingRecords missing;
    private final FullLoadGate gate;
    private final RoundLog log;
    private final boolean manualCommit;
    private final @Nullable UpsertKinds kinds;

    RoundReader(
            Subscription subscription,
            ChangeSource source,
            TableDefinition table,
            CheckpointKeeper checkpoints,
            PageDelivery delivery,
            TokenExpiry expiry,
            RoundLog log) {
        this.pages = new PageFetcher(
                source, table, checkpoints, expiry, subscription.onTokenExpired() == OnTokenExpired.RESYNC);
        this.checkpoints = checkpoints;
        this.notes = new PageNotes(checkpoints);
        this.parcels = new PageExchanges(subscription, table, expiry.clock());
        this.delivery = delivery;
        this.gate = FullLoadGate.of(subscription);
        this.missing = new MissingRecords(checkpoints, gate, parcels, delivery);
        this.log = log;
        this.manualCommit = subscription.delivery().manualCommit();
        this.kinds = subscription.delivery().upsertKind() ? new UpsertKinds(checkpoints.known()) : null;
    }

    /** Watches the walk, and may end it between two pages. */
    public interface Watcher {

        /** A page has arrived. */
        void arrived();

        /** The walk stands at this checkpoint; whether it may go on to the page behind it. */
        boolean stands(Checkpoint checkpoint);
    }

    /** Walks to the end of the round, or until it is told to stop. Returns the number of exchanges. */
    public int walk(Watcher watcher) throws ServiceFault, NotAcceptedException, TokenUnusableException {
        StoredToken token = checkpoints.load();
        log.begins(token.checkpoint());
        int sent = 0;
        while (watcher.stands(token.checkpoint())) {
            Checkpoint here = token.checkpoint();
            Page page = pages.read(here);
            if (page == null) {
                // The round, or a resync in its place, begins anew.
                token = checkpoints.load();
                continue;
            }
            watcher.arrived();
            gate.requireRoom(here, page);
            token = offered(token, page);
            List<PlannedChange> plan = planOf(token, page);
            PageCommit inHand = inHand(token, plan, page);
            PageDelivery.Delivered delivered = deliver(token, plan, page, inHand);
            sent += delivered.sent();
            if (!delivered.whole()) {
                return sent;
            }
            token = notes.carry(inHand.done(), PagePlan.leftOver(token.delivered(), page.changes()));
            pages.memoryOf(here).follow(token.checkpoint().pageLink());
            log.page(here, delivered.sent(), page);
            if (!(page.next() instanceof Page.MorePages)) {
                watcher.stands(token.checkpoint());
                return sent;
            }
        }
        return sent;
    }

    /**
     * Notes the records of the first page of a full load before the route is offered them. If that page is interrupted, it
     * is asked for anew, and the service tells nothing of what was deleted in between. Known records serve the same end.
     */
    private StoredToken offered(StoredToken token, Page page) {
        return beginsLoadOfTheUnknown(token.checkpoint()) ? notes.offer(token, page.changes()) : token;
    }

    private boolean beginsLoadOfTheUnknown(Checkpoint here) {
        return here.beginsFullLoad() && !checkpoints.known().areKept();
    }

    private List<PlannedChange> planOf(StoredToken token, Page page) throws ServiceFault {
        Checkpoint here = token.checkpoint();
        PagePlan plan = new PagePlan(token.delivered(), pages.memoryOf(here));
        List<PlannedChange> planned = plan.of(page.changes(), pages.existence());
        if (beginsLoadOfTheUnknown(here)) {
            planned.addAll(plan.vanished(page.changes(), here.round(), pages.existence()));
        }
        return planned;
    }

    private PageCommit inHand(StoredToken token, List<PlannedChange> plan, Page page) {
        Checkpoint here = token.checkpoint();
        Set<String> gone = KnownRecords.gone(token.delivered(), plan);
        if (!manualCommit) {
            return new AutoCommit(checkpoints, here, page, gone);
        }
        Checkpoint next = checkpoints.behind(here, page.next(), page.changes().size());
        return new RouteCommit(checkpoints, here, next, gone, !missing.follow(here, page));
    }

    private PageDelivery.Delivered deliver(StoredToken token, List<PlannedChange> plan, Page page, PageCommit inHand)
            throws NotAcceptedException {
        Map<String, UpsertKind> found = kinds == null ? Map.of() : kinds.of(token, page);
        checkpoints.known().expect(token.checkpoint(), page);
        List<ChangeExchange> exchanges = parcels.of(token, plan, page.next(), found);
        if (!missing.follow(token.checkpoint(), page)) {
            return delivery.deliver(exchanges, inHand);
        }
        int end = exchanges.size() - PageExchanges.endsIn(exchanges);
        return delivery.deliver(exchanges.subList(0, end), inHand)
                .then(() -> missing.deliver(token.checkpoint(), page, inHand))
                .then(() -> delivery.deliver(exchanges.subList(end, exchanges.size()), inHand));
    }
}
