package io.github.cameldataverse.changes.internal.round;

import static io.github.cameldataverse.changes.internal.ReaderLog.LOG;

import io.github.cameldataverse.changes.api.NotAcceptedException;
import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.change.Change;
import io.github.cameldataverse.changes.internal.checkpoint.CheckpointKeeper;
import io.github.cameldataverse.changes.internal.checkpoint.FullLoadGate;
import io.github.cameldataverse.changes.internal.checkpoint.KnownRecords;
import io.github.cameldataverse.changes.internal.checkpoint.PageMove;
import io.github.cameldataverse.changes.internal.checkpoint.TokenExpiry;
import io.github.cameldataverse.changes.internal.checkpoint.TokenUnusableException;
import io.github.cameldataverse.changes.internal.delivery.ChangeExchange;
import io.github.cameldataverse.changes.internal.delivery.Existence;
import io.github.cameldataverse.changes.internal.delivery.PageDelivery;
import io.github.cameldataverse.changes.internal.delivery.PageDelivery.Delivered;
import io.github.cameldataverse.changes.internal.delivery.PagePlan;
import io.github.cameldataverse.changes.internal.delivery.PlannedChange;
import io.github.cameldataverse.changes.internal.delivery.RoundMemory;
import io.github.cameldataverse.changes.internal.exchange.PageExchanges;
import io.github.cameldataverse.changes.internal.exchange.UpsertKind;
import io.github.cameldataverse.changes.internal.exchange.UpsertKinds;
import io.github.cameldataverse.changes.internal.organization.OrganizationConnection;
import io.github.cameldataverse.changes.internal.round.RouteCommit.Mover;
import io.github.cameldataverse.changes.internal.source.ChangeSource;
import io.github.cameldataverse.changes.internal.source.Page;
import io.github.cameldataverse.changes.internal.source.TableDefinition;
import io.github.cameldataverse.changes.internal.status.RoundLog;
import io.github.cameldataverse.changes.internal.subscription.Subscription;
import io.github.cameldataverse.changes.option.OnTokenExpired;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.StoredToken;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a round, page by page: asks for a page, plans what of it is delivered, delivers it, and moves the checkpoint
 * behind it. The checkpoint moves only behind a page of which every change was accepted. This file is that way, from top
 * to bottom; what one step does in detail stands in the class that it calls. For one thread at a time.
 */
public final class RoundReader {

    private final ChangeSource source;
    private final Existence<ServiceFault> existence;
    private final TableDefinition table;
    private final CheckpointKeeper checkpoints;
    private final KnownRecords known;
    private final FullLoadGate gate;
    private final TokenExpiry expiry;
    private final PageExchanges exchanges;
    private final UpsertKinds kinds;
    private final PageDelivery delivery;
    private final MissingRecords missing;
    private final RoundLog log;
    private final Clock clock;
    private final boolean manualCommit;
    private final String name;
    private final OnTokenExpired onTokenExpired;
    private final DroppedColumns dropped;
    private final RefusedLinks refusedLinks;
    private RoundMemory memory = RoundMemory.none();

    RoundReader(
            Subscription subscription,
            OrganizationConnection organization,
            TableDefinition table,
            CheckpointKeeper checkpoints,
            KnownRecords known,
            FullLoadGate gate,
            PageDelivery delivery,
            TokenExpiry expiry,
            RoundLog log) {
        this.source = organization.source();
        this.existence = (ids, listener) -> organization.queries().states(table, ids, listener);
        this.table = table;
        this.checkpoints = checkpoints;
        this.known = known;
        this.gate = gate;
        this.expiry = expiry;
        this.exchanges = new PageExchanges(subscription, table, organization.clock());
        this.kinds = subscription.delivery().upsertKind() ? UpsertKinds.by(known) : UpsertKinds.none();
        this.delivery = delivery;
        this.missing = new MissingRecords(checkpoints, known, gate, exchanges, delivery, existence);
        this.log = log;
        this.clock = organization.clock();
        this.manualCommit = subscription.delivery().manualCommit();
        this.name = subscription.toString();
        this.onTokenExpired = subscription.onTokenExpired();
        this.dropped = new DroppedColumns(subscription, source);
        this.refusedLinks = new RefusedLinks(subscription.query().api());
    }

    /** Watches the reader, and may end the round between two pages. */
    public interface Watcher {

        /** A page has arrived. */
        void arrived();

        /** The reader stands at this checkpoint; whether it may go on to the page behind it. */
        boolean stands(Checkpoint checkpoint);
    }

    /**
     * Reads to the end of the round, or until it is told to stop. Returns the number of exchanges.
     *
     * @throws ServiceFault of the type that says what is to be done about it
     * @throws NotAcceptedException if the route did not accept a change
     * @throws TokenUnusableException if the reader cannot go on from what is stored
     */
    public int read(Watcher watcher) throws ServiceFault, NotAcceptedException, TokenUnusableException {
        try {
            return readOn(watcher);
        } catch (ServiceFault.Throttled e) {
            throw e; // what was answered before it is what the next poll goes on with
        } catch (ServiceFault | NotAcceptedException | TokenUnusableException | RuntimeException e) {
            memory.answers().grewOld();
            throw e;
        }
    }

    private int readOn(Watcher watcher) throws ServiceFault, NotAcceptedException, TokenUnusableException {
        StoredToken token = checkpoints.load();
        log.begins(token.checkpoint(), clock.instant());
        int sent = 0;
        while (watcher.stands(token.checkpoint())) {
            Asked asked = ask(token.checkpoint());
            if (asked instanceof Resynced resynced) {
                token = resynced.token();
                continue;
            }
            watcher.arrived();
            Page page = ((Served) asked).page();
            gate.requireWithinLimit(token.checkpoint(), page);
            gate.requireRows(token, page, known);
            Step step = deliver(offered(token, page), page);
            sent += step.sent();
            if (!step.moved()) {
                memory.answers().grewOld();
                return sent;
            }
            log.page(token.checkpoint(), step.sent(), page);
            if (page.next() instanceof Page.RoundEnd) {
                gate.ended(token.checkpoint());
            }
            token = step.token();
            if (!(page.next() instanceof Page.MorePages)) {
                watcher.stands(token.checkpoint());
                return sent;
            }
        }
        return sent;
    }

    /** What the route has accepted and the token repository could not take yet is written by the keeper. */
    CheckpointKeeper checkpoints() {
        return checkpoints;
    }

    /** What comes of asking for a page. */
    private sealed interface Asked {}

    private record Served(Page page) implements Asked {}

    /** The token has expired, and a resync has begun in place of the page. */
    private record Resynced(StoredToken token) implements Asked {}

    private Asked ask(Checkpoint here) throws ServiceFault {
        try {
            expiry.requireYoung(here);
            dropped.look(here);
            remember(here);
            Instant asked = clock.instant();
            Page page = source.page(table, here);
            expiry.requireYoung(here);
            memory.answered(here, asked);
            requireNewLink(page);
            dropped.look(checkpoints.behind(here, page, asked));
            refusedLinks.forget();
            return new Served(page);
        } catch (ServiceFault fault) {
            return refused(here, fault);
        }
    }

    private void remember(Checkpoint here) {
        if (!memory.isOf(here, checkpoints.tenure())) {
            memory = RoundMemory.from(here, checkpoints.tenure());
        }
    }

    private void requireNewLink(Page page) throws ServiceFault.Permanent {
        if (page.next() instanceof Page.MorePages more && memory.hasFollowed(more.link())) {
            throw new ServiceFault.Permanent(
                    "The service sent a link to a page of this round that was read before; following it would never end",
                    0);
        }
    }

    /** How long the link of a next page stays good is nowhere said; the link of the round is good for days. */
    private Asked refused(Checkpoint here, ServiceFault fault) throws ServiceFault {
        if (!here.atRoundStart()) {
            RefusedLinks.Verdict verdict = refusedLinks.verdict(here, fault);
            if (verdict == RefusedLinks.Verdict.LOST) {
                checkpoints.roundAgain(here);
                memory = RoundMemory.none();
            }
            if (verdict != RefusedLinks.Verdict.GOOD) {
                throw verdict.passing(here, fault);
            }
        }
        if (fault instanceof ServiceFault.TokenExpired && onTokenExpired == OnTokenExpired.RESYNC) {
            StoredToken anew = checkpoints.resyncAfterExpiry(here);
            LOG.warn("{}: reading the whole table again (onTokenExpired=resync): {}", name, fault.getMessage());
            return new Resynced(anew);
        }
        throw fault;
    }

    /**
     * Notes the records of the first page of a full load before the route is offered them. If that page is interrupted, it
     * is asked for anew, and the service tells nothing of what was deleted in between. The deletes at the end of a load that
     * tells what is gone serve the same end.
     */
    private StoredToken offered(StoredToken token, Page page) {
        if (!beginsLoadWithoutDeletes(token.checkpoint())) {
            return token;
        }
        Map<String, String> noted = new HashMap<>(token.delivered());
        Map<String, String> fresh = new HashMap<>();
        for (Change change : page.changes()) {
            if (noted.putIfAbsent(change.id(), PagePlan.OFFERED) == null) {
                fresh.put(change.id(), PagePlan.OFFERED);
            }
        }
        checkpoints.delivered(token.checkpoint(), fresh);
        return new StoredToken(token.checkpoint(), noted);
    }

    private boolean beginsLoadWithoutDeletes(Checkpoint here) {
        return here.beginsFullLoad() && !known.tellWhatIsGone();
    }

    private List<PlannedChange> plan(StoredToken token, Page page) throws ServiceFault {
        PagePlan plan = new PagePlan(token.delivered(), memory);
        List<PlannedChange> planned = plan.of(page.changes(), existence);
        if (beginsLoadWithoutDeletes(token.checkpoint())) {
            Checkpoint here = token.checkpoint();
            List<PlannedChange> vanished = plan.vanished(page.changes(), here.round(), existence);
            if (!vanished.isEmpty()) {
                gate.requireDeletes(here, page.rows(), token.delivered().size(), vanished.size());
            }
            planned.addAll(vanished);
        }
        return planned;
    }

    /**
     * What one page came to.
     *
     * @param sent exchanges that were accepted or passed over
     * @param moved whether that is all of them, so that the checkpoint has moved
     * @param token where the reader stands now
     */
    private record Step(int sent, boolean moved, StoredToken token) {}

    private Step deliver(StoredToken token, Page page) throws ServiceFault, NotAcceptedException {
        List<PlannedChange> plan = plan(token, page);
        PageCommit commit = commitOf(token, plan, page);
        Delivered delivered = deliver(token, plan, page, commit);
        if (!delivered.whole()) {
            return new Step(delivered.sent(), false, token);
        }
        StoredToken behind = commit.moved();
        memory.follow(behind.checkpoint().pageLink());
        return new Step(delivered.sent(), true, behind);
    }

    private PageCommit commitOf(StoredToken token, List<PlannedChange> plan, Page page) {
        PageMove move = move(token, plan, page);
        if (!manualCommit) {
            return new AutoCommit(checkpoints, move);
        }
        Mover mover = missing.follow(token.checkpoint(), page) ? Mover.CONSUMER : Mover.LAST_COMMIT;
        return new RouteCommit(checkpoints, known, move, mover);
    }

    /** Behind the page. What was delivered before and has moved to the next page of the round is noted there. */
    private PageMove move(StoredToken token, List<PlannedChange> plan, Page page) {
        Checkpoint next = checkpoints.behind(token.checkpoint(), page, memory.began());
        Map<String, String> carried =
                next.atRoundStart() ? Map.of() : PagePlan.leftOver(token.delivered(), page.changes());
        return new PageMove(token.checkpoint(), next, KnownRecords.gone(token.delivered(), plan), carried);
    }

    private Delivered deliver(StoredToken token, List<PlannedChange> plan, Page page, PageCommit commit)
            throws ServiceFault, NotAcceptedException {
        Checkpoint here = token.checkpoint();
        Map<String, UpsertKind> kindsOfPage = kinds.of(token, page);
        known.expect(here, page);
        List<ChangeExchange> all = exchanges.of(token, plan, page, kindsOfPage);
        if (!all.isEmpty()) {
            // The page took its time; from here on each note tells of another reader.
            checkpoints.requireStill(here);
        }
        if (!missing.follow(here, page)) {
            return delivery.deliver(all, commit);
        }
        int end = all.size() - PageExchanges.endsIn(all);
        return delivery.deliver(all.subList(0, end), commit)
                .then(() -> missing.deliver(here, page, commit, memory.answers()))
                .then(() -> {
                    commit.requireStored();
                    return delivery.deliver(all.subList(end, all.size()), commit);
                });
    }
}
