package io.github.cameldataverse.changes.internal.round;

import io.github.cameldataverse.changes.api.AlreadyCommittedException;
import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.internal.checkpoint.CheckpointKeeper;
import io.github.cameldataverse.changes.internal.checkpoint.KnownRecords;
import io.github.cameldataverse.changes.internal.checkpoint.PageMove;
import io.github.cameldataverse.changes.internal.delivery.ChangeExchange;
import io.github.cameldataverse.changes.internal.delivery.ExchangeCommit;
import io.github.cameldataverse.changes.internal.delivery.ExchangeCommit.Call;
import io.github.cameldataverse.changes.internal.delivery.NotCommittedException;
import io.github.cameldataverse.changes.token.CallerTransaction;
import io.github.cameldataverse.changes.token.StoredToken;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * A page that the route commits, exchange by exchange, in its own transactions ({@code manualCommit=true}). A transaction
 * may be rolled back without a word to the consumer, or be committed and fail all the same, so nothing counts that is not
 * found in the repository: the last exchange of the page looks there for all before it, the consumer for an exchange that
 * failed behind its commit, and for the checkpoint. What is found there counts as this reader's only if a call of its own
 * got through: another reader of the page writes the very same. Of a commit outside a transaction the consumer makes a note
 * when the exchange comes back without a failure.
 */
final class RouteCommit implements PageCommit {

    private final CheckpointKeeper checkpoints;
    private final KnownRecords known;
    private final PageMove page;
    private final Mover mover;
    /** What must be stored by now: record id to its history. */
    private final Map<String, String> committed = new HashMap<>();

    private Optional<InHand> inHand = Optional.empty();
    private Outcome last = Outcome.ACCEPTED;

    /** What became of an exchange. */
    private enum Outcome {
        ACCEPTED,
        PASSED_OVER
    }

    /** Who moves the checkpoint behind the page. */
    enum Mover {
        /** The commit of the page's last exchange, which is known when it begins. */
        LAST_COMMIT,
        /** The consumer, behind derived deletes: how many they are is not known before they are all delivered. */
        CONSUMER
    }

    RouteCommit(CheckpointKeeper checkpoints, KnownRecords known, PageMove page, Mover mover) {
        this.checkpoints = checkpoints;
        this.known = known;
        this.page = page;
        this.mover = mover;
    }

    @Override
    public void begins(ChangeExchange change, Position position, Exchange exchange) {
        InHand begun = position == Position.LAST && mover == Mover.LAST_COMMIT ? new Last(change) : new InHand(change);
        inHand = Optional.of(begun);
        exchange.setProperty(DataverseChangesConstants.MANUAL_COMMIT, begun.handle);
    }

    @Override
    public void ends() {
        inHand.ifPresent(current -> current.handle.end());
    }

    /** A transaction that was committed has taken place, whatever the route says behind it. */
    @Override
    public boolean isStored(ChangeExchange change) {
        return inHand.filter(InHand::wasInTransaction)
                .filter(current -> current.stands(checkpoints.peek()))
                .isPresent();
    }

    /** A commit that fails is meant to fail the exchange; what is wrong then is not the change. */
    @Override
    public void stops() {
        inHand.flatMap(current -> current.handle.failure()).ifPresent(failure -> {
            throw failure;
        });
    }

    @Override
    public void accepted(ChangeExchange change) {
        if (inHand.filter(current -> current.handle.isCommitted()).isEmpty() && !isStored(change)) {
            throw NotCommittedException.neverCalled(change.name());
        }
        if (inHand.filter(InHand::waitsForItsExchange).isPresent()) {
            checkpoints.accepted(page.from(), change.delivered(), change.forgotten());
        }
        last = Outcome.ACCEPTED;
        committed.putAll(change.delivered());
    }

    /** No route will commit it any more. The one that failed may have done so before. */
    @Override
    public void skipped(ChangeExchange change) {
        Optional<StoredToken> stored = checkpoints.peek();
        if (inHand.filter(current -> current.stands(stored)).isEmpty()) {
            checkpoints.accepted(page.from(), change.delivered(), change.forgotten());
        }
        last = Outcome.PASSED_OVER;
        committed.putAll(change.delivered());
    }

    @Override
    public void requireStored() {
        checkpoints.peek().filter(this::isHere).ifPresent(this::requireCommitted);
        requireForgotten();
    }

    /** A derived delete leaves no note: what was committed of it is that the record is no longer known. */
    private void requireForgotten() {
        long round = page.from().round();
        Optional<String> stillKnown = known.olderThan(round, "", 1).stream().findFirst();
        if (stillKnown.isPresent()) {
            throw NotCommittedException.rolledBackDeletes(known.tally(round).older(), stillKnown.get());
        }
    }

    @Override
    public StoredToken moved() {
        if (inHand.isEmpty()) {
            return checkpoints.move(page); // no exchange, so no route that could have moved it
        }
        Optional<StoredToken> stored = checkpoints.peek();
        if (inHand.get().hasMoved(stored)) {
            checkpoints.movedByTheRoute(page.to());
            return stored.orElseThrow();
        }
        if (stored.isEmpty() || isHere(stored.get())) {
            requireLast(stored);
            stored.ifPresent(this::requireCommitted);
        }
        return checkpoints.move(page); // refused with the sentence for it, if another reader moved the token
    }

    /** An exchange that was accepted leaves a note if it does not move the checkpoint; without either it was rolled back. */
    private void requireLast(Optional<StoredToken> stored) {
        InHand current = inHand.orElseThrow();
        if (last == Outcome.ACCEPTED && !current.waitsForItsExchange() && !current.stands(stored)) {
            throw NotCommittedException.rolledBack(current.change.name());
        }
    }

    private boolean isHere(StoredToken stored) {
        return stored.checkpoint().equals(page.from());
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

    /** The commit of an exchange: it leaves a note. */
    private class InHand {

        private final ChangeExchange change;
        private final ExchangeCommit handle;
        /** The transaction in which a call got through last; none, if the consumer is to note what the route accepts. */
        private Optional<CallerTransaction> wrote = Optional.empty();

        private InHand(ChangeExchange change) {
            this.change = change;
            this.handle = new ExchangeCommit(change.name(), this::commit);
        }

        private void commit(Call call) {
            if (call == Call.AGAIN && found(checkpoints.peek())) {
                return;
            }
            if (call == Call.AGAIN || looksFirst()) {
                checkpoints.peek().filter(RouteCommit.this::isHere).ifPresent(RouteCommit.this::requireCommitted);
            }
            if (checkpoints.transaction() instanceof CallerTransaction.None none) {
                wrote = Optional.of(none);
            } else {
                write(call);
                wrote = Optional.of(checkpoints.transaction()); // before a change has been made it may have no name
            }
        }

        /** Without a transaction nothing would take a note back when the exchange fails behind its commit. */
        private boolean waitsForItsExchange() {
            return wrote.filter(CallerTransaction.None.class::isInstance).isPresent();
        }

        /** A call that got through may have been rolled back since; if not, it is this transaction's or an earlier one's. */
        private boolean found(Optional<StoredToken> stored) {
            if (wrote.isEmpty() || !stands(stored)) {
                return false;
            }
            CallerTransaction now = checkpoints.transaction();
            if (!(now instanceof CallerTransaction.None) && !now.isSameAs(wrote.get())) {
                throw new AlreadyCommittedException(change.name());
            }
            return true;
        }

        /** Whether what is stored may say more than this process knows, so that it is worth a question. */
        boolean looksFirst() {
            return !Collections.disjoint(change.delivered().keySet(), committed.keySet());
        }

        void write(Call call) {
            checkpoints.delivered(page.from(), change.delivered());
            change.forgotten().forEach((id, round) -> forget(call, id, round));
        }

        private void forget(Call call, String id, long round) {
            if (call == Call.AGAIN) {
                known.drop(page.from(), id, round);
            } else {
                known.forget(page.from(), id, round);
            }
        }

        /** Whether what is stored says that the change is delivered. */
        boolean stands(Optional<StoredToken> stored) {
            return stored.filter(RouteCommit.this::isHere)
                            .filter(here -> holds(here, change.delivered()))
                            .isPresent()
                    && leavesATrace()
                    && isForgotten();
        }

        private boolean leavesATrace() {
            return !change.delivered().isEmpty() || !change.forgotten().isEmpty();
        }

        private boolean isForgotten() {
            if (change.forgotten().isEmpty()) {
                return true;
            }
            Map<String, Long> rounds = known.rounds(change.forgotten().keySet()).orElse(Map.of());
            return change.forgotten().entrySet().stream()
                    .noneMatch(entry -> rounds.getOrDefault(entry.getKey(), Long.MAX_VALUE) < entry.getValue());
        }

        boolean hasMoved(Optional<StoredToken> stored) {
            return false;
        }

        boolean wasInTransaction() {
            return wrote.isPresent() && !waitsForItsExchange();
        }
    }

    /** The commit of the page's last exchange: it moves the checkpoint behind the page. */
    private final class Last extends InHand {

        private Last(ChangeExchange change) {
            super(change);
        }

        @Override
        boolean looksFirst() {
            return true;
        }

        @Override
        void write(Call call) {
            super.write(call);
            checkpoints.moveInTransaction(page);
        }

        @Override
        boolean stands(Optional<StoredToken> stored) {
            return hasMoved(stored) || super.stands(stored);
        }

        /** Another reader of the page computes the same checkpoint. */
        @Override
        boolean hasMoved(Optional<StoredToken> stored) {
            return wasInTransaction()
                    && stored.filter(token -> token.checkpoint().equals(page.to()))
                            .isPresent();
        }
    }
}
