package io.github.cameldataverse.changes.internal.round;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.internal.checkpoint.CheckpointKeeper;
import io.github.cameldataverse.changes.internal.checkpoint.KnownRecords;
import io.github.cameldataverse.changes.internal.delivery.ChangeExchange;
import io.github.cameldataverse.changes.internal.delivery.ExchangeCommit;
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
import org.jspecify.annotations.Nullable;

/**
 * A page that the route keeps account of, exchange by exchange, in its own transactions ({@code manualCommit=true}). A
 * transaction may be rolled back without a word to the consumer, so nothing counts that is not found in the repository:
 * the last exchange of the page looks there for all before it, and the consumer for the checkpoint.
 */
final class RouteCommit implements PageCommit {

    private final CheckpointKeeper checkpoints;
    private final Checkpoint here;
    private final Checkpoint next;
    private final Set<String> gone;
    private final boolean lastOneMoves;

    /** What must be stored by now: record id to its history. */
    private final Map<String, String> committed = new HashMap<>();

    private @Nullable InHand inHand;

    /**
     * @param gone records of which the last change in the page is a delete
     * @param lastOneMoves whether the page's last exchange is known when it begins, so that its commit can move the
     *     checkpoint; behind derived deletes, whose number nobody knows, the consumer moves it
     */
    RouteCommit(
            CheckpointKeeper checkpoints, Checkpoint here, Checkpoint next, Set<String> gone, boolean lastOneMoves) {
        this.checkpoints = checkpoints;
        this.here = here;
        this.next = next;
        this.gone = gone;
        this.lastOneMoves = lastOneMoves;
    }

    /** The exchange under way, or the last one. */
    private record InHand(ExchangeCommit handle, ChangeExchange parcel, boolean last) {}

    @Override
    public void begins(ChangeExchange parcel, boolean lastOfThese, Exchange exchange) {
        boolean last = lastOfThese && lastOneMoves;
        ExchangeCommit handle = new ExchangeCommit(parcel.name(), again -> commit(parcel, last, again));
        inHand = new InHand(handle, parcel, last);
        exchange.setProperty(DataverseChangesConstants.MANUAL_COMMIT, handle);
    }

    @Override
    public void ends() {
        if (inHand != null) {
            inHand.handle.end();
        }
    }

    /** A commit that fails is meant to fail the exchange; what is wrong then is not the change. */
    @Override
    public void stops() {
        RuntimeException failure = inHand == null ? null : inHand.handle.failure();
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void accepted(ChangeExchange parcel) {
        if (inHand == null || !inHand.handle.isCommitted()) {
            throw NotCommittedException.neverCalled(parcel.name());
        }
        committed.putAll(parcel.marks());
    }

    /** Nobody else will commit it. The route may have done so before it failed. */
    @Override
    public void skipped(ChangeExchange parcel) {
        commit(parcel, inHand != null && inHand.last, true);
        committed.putAll(parcel.marks());
    }

    @Override
    public StoredToken done() {
        if (inHand == null) {
            return checkpoints.move(here, next, gone); // no exchange, so no route that could have moved it
        }
        Optional<StoredToken> stored = checkpoints.peek();
        if (!lastOneMoves && stored.filter(this::isHere).isPresent()) {
            requireCommitted(stored.get());
            return checkpoints.move(here, next, gone);
        }
        if (stored.isPresent() && stored.get().checkpoint().equals(next)) {
            return stored.get();
        }
        if (stored.isEmpty() || isHere(stored.get())) {
            throw NotCommittedException.rolledBack(inHand.parcel.name());
        }
        return checkpoints.move(here, next, gone); // refused with the sentence for it: another reader moved the token
    }

    private void commit(ChangeExchange parcel, boolean last, boolean again) {
        Map<String, String> marks = parcel.marks();
        boolean noted = false;
        if (last || again || !Collections.disjoint(marks.keySet(), committed.keySet())) {
            Optional<StoredToken> stored = checkpoints.peek();
            if (last && stored.map(StoredToken::checkpoint).filter(next::equals).isPresent()) {
                return;
            }
            stored.filter(this::isHere).ifPresent(this::requireCommitted);
            noted = again
                    && stored.filter(this::isHere)
                            .filter(token -> holds(token, marks))
                            .isPresent();
        }
        if (!noted) {
            checkpoints.delivered(here, marks);
        }
        KnownRecords known = checkpoints.known();
        parcel.forgotten().forEach(again ? known::drop : known::forget);
        if (last) {
            checkpoints.move(here, next, gone);
        }
    }

    private boolean isHere(StoredToken stored) {
        return stored.checkpoint().revision() == here.revision();
    }

    private static boolean holds(StoredToken stored, Map<String, String> marks) {
        return stored.delivered().entrySet().containsAll(marks.entrySet());
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
