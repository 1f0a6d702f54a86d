package io.github.cameldataverse.changes.internal.keyset;

import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.DeliveredChange;
import io.github.cameldataverse.changes.token.RevisionCheck;
import io.github.cameldataverse.changes.token.StoredToken;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One subscription of a {@link KeySetTokenRepository}: what is stored of it, and where its reader stands since. */
final class CurrentRound {

    final TokenLedger ledger;
    final TokenLedger.Stand stand;
    final Optional<Checkpoint> checkpoint;
    private final Map<String, String> delivered;
    private boolean doubtful;

    CurrentRound(TokenLedger ledger, TokenLedger.Stand stand, Optional<Checkpoint> checkpoint) {
        this(ledger, stand, checkpoint, new HashMap<>());
    }

    private CurrentRound(
            TokenLedger ledger,
            TokenLedger.Stand stand,
            Optional<Checkpoint> checkpoint,
            Map<String, String> delivered) {
        this.ledger = ledger;
        this.stand = stand;
        this.checkpoint = checkpoint;
        this.delivered = delivered;
    }

    /** Whether the next checkpoint is another place in this round, so that nothing need be stored. */
    boolean isMovedWithinBy(Checkpoint next) {
        return isRoundOf(next)
                && checkpoint
                        .map(here -> here.withRevision(next.revision()))
                        .filter(next::equals)
                        .isEmpty();
    }

    /** Whether what is stored would still say the same, but for its revision. */
    private boolean isRoundOf(Checkpoint next) {
        return stand.checkpoint()
                .filter(stored -> stored.equals(next.startOfRound().withRevision(stored.revision())))
                .isPresent();
    }

    CurrentRound at(Checkpoint next) {
        return new CurrentRound(ledger, stand, Optional.of(next));
    }

    /** What was read once more: the same token with what is remembered of it, or another one. */
    CurrentRound readAgain(TokenLedger anew, TokenLedger.Stand again) {
        return stand.isSameToken(again)
                ? new CurrentRound(ledger, again, checkpoint, delivered)
                : new CurrentRound(anew, again, again.checkpoint().map(this::neverSeen));
    }

    /** Another reader counts the revisions of its pages on from the same one, and knows nothing of those given here. */
    private Checkpoint neverSeen(Checkpoint of) {
        return of.withRevision(Math.max(of.revision(), revision() + 1));
    }

    void delivered(DeliveredChange delivery) {
        delivered.put(delivery.recordId(), delivery.what());
    }

    Optional<StoredToken> token() {
        return checkpoint.map(here -> new StoredToken(here, delivered));
    }

    long revision() {
        return checkpoint.map(Checkpoint::revision).orElse(RevisionCheck.NOTHING);
    }

    /** Something began that may not end: read again before the next step. */
    void doubt() {
        doubtful = true;
    }

    boolean isLatest() {
        return !doubtful && ledger.isLatest(stand);
    }

    boolean isDoubtful() {
        return doubtful;
    }
}
