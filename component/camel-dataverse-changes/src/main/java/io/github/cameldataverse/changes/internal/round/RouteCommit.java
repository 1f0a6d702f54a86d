package io.github.cameldataverse.changes.internal.round;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.internal.checkpoint.CheckpointKeeper;
import io.github.cameldataverse.changes.internal.checkpoint.KnownRecords;
import io.github.cameldataverse.changes.internal.delivery.ChangeExchange;
import io.github.cameldataverse.changes.internal.delivery.ExchangeCommit;
import io.github.cameldataverse.changes.internal.delivery.ExchangeCommit.Call;
import io.github.cameldataverse.changes.internal.delivery.NotCommittedException;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.StoredToken;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;

/**
 * A page that the route commits, exchange by exchange, in its own transactions ({@code manualCommit=true}). A transaction
 * may be rolled back without a word to the consumer, so nothing counts that is not found in the repository: the last
 * exchange of the page looks there for all before it, and the consumer for the checkpoint.
 */
final class RouteCommit implements PageCommit {

    private final CheckpointKeeper checkpoints;
    private final KnownRecords known;
    private final Checkpoint here;
    private final Checkpoint next;
    private final Set<String> gone;
    private final Mover mover;
    /** What must be stored by now: record id to its history. */
    private final Map<String, String> committed = new HashMap<>();

    private Optional<InHand> inHand = Optional.empty();

    /** Who moves the checkpoint behind the page. */
    private enum Mover {
        /** The commit of the page's last exchange, which is known when it begins. */
        LAST_COMMIT,
        /** The consumer, behind derived deletes: how many they are is not known before they are all delivered. */
        CONSUMER
    }

    /** What a commit stores. */
    private enum Stores {
        NOTE,
        NOTE_AND_CHECKPOINT
    }

    /** The exchange under way, or the last one. */
    private record InHand(ExchangeCommit handle, ChangeExchange change, Stores stores) {}

    private RouteCommit(
            CheckpointKeeper checkpoints,
            KnownRecords known,
            Checkpoint here,
            Checkpoint next,
            Set<String> gone,
            Mover mover) {
        this.checkpoints = checkpoints;
        this.known = known;
        this.here = here;
        this.next = next;
        this.gone = gone;
        this.mover = mover;
    }

    /**
     * A page whose last commit moves the checkpoint.
     *
     * @param gone records of which the last change in the page is a delete
     */
    static RouteCommit ofNotesAndCheckpoint(
            CheckpointKeeper checkpoints, KnownRecords known, Checkpoint here, Checkpoint next, Set<String> gone) {
        return new RouteCommit(checkpoints, known, here, next, gone, Mover.LAST_COMMIT);
    }

    /** A page that derived deletes follow: its commits store notes only. */
    static RouteCommit ofNotes(
            CheckpointKeeper checkpoints, KnownRecords known, Checkpoint here, Checkpoint next, Set<String> gone) {
        return new RouteCommit(checkpoints, known, here, next, gone, Mover.CONSUMER);
    }

    @Override
    public void begins(ChangeExchange change, Position position, Exchange exchange) {
        boolean moves = position == Position.LAST && mover == Mover.LAST_COMMIT;
        Stores stores = moves ? Stores.NOTE_AND_CHECKPOINT : Stores.NOTE;
        ExchangeCommit handle = new ExchangeCommit(change.name(), call -> commit(change, stores, call));
        inHand = Optional.of(new InHand(handle, change, stores));
        exchange.setProperty(DataverseChangesConstants.MANUAL_COMMIT, handle);
    }

    @Override
    public void ends() {
        inHand.ifPresent(current -> current.handle().end());
    }

    /** A commit that fails is meant to fail the exchange; what is wrong then is not the change. */
    @Override
    public void stops() {
        inHand.flatMap(current -> current.handle().failure()).ifPresent(failure -> {
            throw failure;
        });
    }

    @Override
    public void accepted(ChangeExchange change) {
        if (inHand.filter(current -> current.handle().isCommitted()).isEmpty()) {
            throw NotCommittedException.neverCalled(change.name());
        }
        committed.putAll(change.delivered());
    }

    /** No route will commit it any more. The one that failed may have done so before. */
    @Override
    public void skipped(ChangeExchange change) {
        commit(change, inHand.map(InHand::stores).orElse(Stores.NOTE), Call.AGAIN);
        committed.putAll(change.delivered());
    }

    @Override
    public StoredToken moved() {
        if (inHand.isEmpty()) {
            return checkpoints.move(here, next, gone); // no exchange, so no route that could have moved it
        }
        Optional<StoredToken> stored = checkpoints.peek();
        if (mover == Mover.CONSUMER && stored.filter(this::isHere).isPresent()) {
            requireCommitted(stored.get());
            return checkpoints.move(here, next, gone);
        }
        if (stored.filter(this::isNext).isPresent()) {
            return stored.get();
        }
        if (stored.isEmpty() || isHere(stored.get())) {
            throw NotCommittedException.rolledBack(inHand.get().change().name());
        }
        return checkpoints.move(here, next, gone); // refused with the sentence for it: another reader moved the token
    }

    private void commit(ChangeExchange change, Stores stores, Call call) {
        Optional<StoredToken> stored = looksFirst(change, stores, call) ? checkpoints.peek() : Optional.empty();
        if (stores == Stores.NOTE_AND_CHECKPOINT && stored.filter(this::isNext).isPresent()) {
            return;
        }
        Optional<StoredToken> current = stored.filter(this::isHere);
        current.ifPresent(this::requireCommitted);
        boolean noted = call == Call.AGAIN
                && current.filter(token -> holds(token, change.delivered())).isPresent();
        if (!noted) {
            checkpoints.delivered(here, change.delivered());
        }
        change.forgotten().forEach(call == Call.AGAIN ? known::drop : known::forget);
        if (stores == Stores.NOTE_AND_CHECKPOINT) {
            checkpoints.move(here, next, gone);
        }
    }

    /** Whether what is stored may say more than this process knows, so that it is worth a question. */
    private boolean looksFirst(ChangeExchange change, Stores stores, Call call) {
        return stores == Stores.NOTE_AND_CHECKPOINT
                || call == Call.AGAIN
                || !Collections.disjoint(change.delivered().keySet(), committed.keySet());
    }

    private boolean isHere(StoredToken stored) {
        return stored.checkpoint().revision() == here.revision();
    }

    private boolean isNext(StoredToken stored) {
        return stored.checkpoint().equals(next);
    }

    private static boolean holds(StoredToken stored, Map<String, String> histories) {
        return stored.delivered().entrySet().containsAll(histories.entrySet());
    }

    private void requireCommitted(StoredToken stored) {
        List<String> missing = committed.keySet().stream()
                .filter(id -> !holds(stored, Map.of(id, committed.get(id))))
                .toList();
        if (!missing.isEmpty()) {
            throw NotCommittedException.rolledBackBefore(missing.size(), missing.get(0));
        }
    }
}
