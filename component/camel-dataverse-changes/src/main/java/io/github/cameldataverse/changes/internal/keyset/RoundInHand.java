package io.github.cameldataverse.changes.internal.keyset;

import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.DeliveredChange;
import io.github.cameldataverse.changes.token.RevisionCheck;
import io.github.cameldataverse.changes.token.StoredToken;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One subscription of a {@link KeySetTokenRepository}: what is stored of it, and where its reader stands since. */
final class RoundInHand {

    final TokenLedger ledger;
    final TokenLedger.Stand stand;
    final @Nullable Checkpoint checkpoint;
    private final Map<String, String> delivered;
    private boolean doubtful;

    RoundInHand(TokenLedger ledger, TokenLedger.Stand stand, @Nullable Checkpoint checkpoint) {
        this(ledger, stand, checkpoint, new HashMap<>());
    }

    private RoundInHand(
            TokenLedger ledger,
            TokenLedger.Stand stand,
            @Nullable Checkpoint checkpoint,
            Map<String, String> delivered) {
        this.ledger = ledger;
        this.stand = stand;
        this.checkpoint = checkpoint;
        this.delivered = delivered;
    }

    /** What is stored of a checkpoint. */
    static Checkpoint startOf(Checkpoint checkpoint) {
        return withRevision(checkpoint.revision(), checkpoint);
    }

    private static Checkpoint withRevision(long revision, Checkpoint of) {
        return new Checkpoint(
                revision, of.round(), of.phase(), of.roundLink(), null, 0, 0, of.obtained(), of.fingerprint());
    }

    /** Whether what is stored would still say the same, but for its revision. */
    boolean isRoundOf(Checkpoint next) {
        Checkpoint stored = stand.checkpoint();
        return stored != null && stored.equals(withRevision(stored.revision(), next));
    }

    RoundInHand at(Checkpoint next) {
        return new RoundInHand(ledger, stand, next);
    }

    /** The same reader at the same token, read once more. */
    RoundInHand readAgain(TokenLedger.Stand again) {
        return new RoundInHand(ledger, again, checkpoint, delivered);
    }

    void delivered(DeliveredChange delivery) {
        delivered.put(delivery.recordId(), delivery.what());
    }

    Optional<StoredToken> token() {
        return Optional.ofNullable(checkpoint).map(here -> new StoredToken(here, delivered));
    }

    long revision() {
        return checkpoint == null ? RevisionCheck.NOTHING : checkpoint.revision();
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
