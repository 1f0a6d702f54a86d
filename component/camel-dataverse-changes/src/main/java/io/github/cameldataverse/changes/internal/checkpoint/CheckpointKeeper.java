package io.github.cameldataverse.changes.internal.checkpoint;

import io.github.cameldataverse.changes.api.FullLoad;
import io.github.cameldataverse.changes.change.Page;
import io.github.cameldataverse.changes.internal.subscription.Subscription;
import io.github.cameldataverse.changes.option.StartFrom;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.TokenConflictException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Moves the checkpoint of one subscription, and nothing else does. Every move is a compare-and-set. */
public final class CheckpointKeeper {

    private final DeltaTokenRepository repository;
    private final KnownRecords known;
    private final FullLoadGate gate;
    private final SubscriptionId id;
    private final String fingerprint;
    private final FirstCheckpoint start;
    private final Resumption resumption;
    private final NextCheckpoint following;
    private final Clock clock;
    private boolean isResumed;

    CheckpointKeeper(
            DeltaTokenRepository repository,
            KnownRecords known,
            FullLoadGate gate,
            SubscriptionId id,
            String fingerprint,
            StartFrom start,
            Clock clock) {
        this.repository = repository;
        this.known = known;
        this.gate = gate;
        this.id = id;
        this.fingerprint = fingerprint;
        this.start = new FirstCheckpoint(start, known, gate, clock);
        this.resumption = new Resumption(repository, id, fingerprint);
        this.following = new NextCheckpoint(clock);
        this.clock = clock;
    }

    /** @param known what is kept of the records of the same subscription */
    public static CheckpointKeeper of(Subscription subscription, SubscriptionId id, KnownRecords known, Clock clock) {
        return new CheckpointKeeper(
                subscription.repository(),
                known,
                FullLoadGate.of(subscription),
                id,
                subscription.query().fingerprint(),
                subscription.start(),
                clock);
    }

    /** What the sinks may hold. */
    public KnownRecords known() {
        return known;
    }

    /** What is stored, or the first checkpoint if the user wants one made. */
    public StoredToken load() throws TokenUnusableException {
        Optional<StoredToken> stored = peek();
        StoredToken token = stored.isPresent() ? resumed(stored.get()) : first();
        isResumed = true;
        return token;
    }

    private StoredToken resumed(StoredToken token) throws TokenUnusableException {
        Checkpoint here = token.checkpoint();
        return switch (resumption.of(token, !isResumed)) {
            case GO_ON -> token;
            case READ_ANEW -> resync(here);
            case ASK_ANEW -> moved(here, here.askedWith(fingerprint), Set.of());
        };
    }

    /**
     * What is stored, if anything; moves nothing.
     *
     * @throws TokenUnusableException if {@link #load} would throw it of what is stored
     */
    public Optional<StoredToken> look() throws TokenUnusableException {
        Optional<StoredToken> stored = peek();
        if (stored.isPresent()) {
            Resumption.Way unused = resumption.of(stored.get(), true);
        }
        return stored;
    }

    /** What is stored, if anything; makes nothing and checks nothing but its integrity. */
    public Optional<StoredToken> peek() {
        return repository.load(id);
    }

    /** Notes what is delivered of the page behind a checkpoint. */
    public void delivered(Checkpoint here, Map<String, String> marks) {
        marks.forEach((recordId, history) -> repository.delivered(id, here.revision(), recordId, history));
    }

    /**
     * Moves on behind a page of which every change was accepted.
     *
     * @param gone records of the page of which the last change was a delete
     */
    public StoredToken advance(Checkpoint from, Page.Next next, int rows, Set<String> gone) {
        return move(from, behind(from, next, rows), gone);
    }

    /** A page is about to be asked for. */
    public void asks(Checkpoint here) {
        following.asks(here);
    }

    /** The checkpoint behind a page; the same one, if the page says that nothing has changed. */
    public Checkpoint behind(Checkpoint from, Page.Next next, int rows) {
        return following.behind(from, next, rows);
    }

    /** Moves on to a checkpoint that {@link #behind} gave. */
    public StoredToken move(Checkpoint from, Checkpoint to, Set<String> gone) {
        return to.equals(from) ? new StoredToken(from, Map.of()) : moved(from, to, gone);
    }

    /** Goes back to the start of the round, because the service refused the link of its next page. */
    public void roundAgain(Checkpoint from) {
        if (from.isFullLoad()) {
            // What its first attempt has delivered may be gone by now, and no tombstone would tell.
            resync(from);
        } else {
            moved(from, from.roundAgain(), Set.of());
        }
    }

    /** Begins a full reload because the token has expired. */
    public void resyncAfterExpiry(Checkpoint from) {
        gate.requireLoad(FullLoad.Moment.EXPIRED_TOKEN, from.obtained(), known.count());
        resync(from);
    }

    /** Begins a full reload. */
    StoredToken resync(Checkpoint from) {
        return moved(from, from.resync(known.newestRound(), clock.instant(), fingerprint), Set.of());
    }

    /** @throws TokenConflictException if another reader has moved the checkpoint */
    public void requireStill(Checkpoint here) {
        long stored = peek().map(token -> token.checkpoint().revision()).orElse(0L);
        if (stored != here.revision()) {
            throw new TokenConflictException(
                    "The token of " + id + " stands at revision " + stored + ", not at " + here.revision());
        }
    }

    /** Begins a full reload where nothing is stored, or something that cannot be read. */
    void resyncAfterLoss(boolean unreadable) {
        Checkpoint anew = Checkpoint.afterLoss(known.newestRound(), clock.instant(), fingerprint);
        if (unreadable) {
            repository.replace(id, anew);
        } else {
            repository.advance(id, 0, anew);
        }
    }

    private StoredToken moved(Checkpoint from, Checkpoint to, Set<String> gone) {
        known.advance(from.revision(), to, gone);
        return new StoredToken(to, Map.of());
    }

    private StoredToken first() throws TokenUnusableException {
        Checkpoint first = start.make(id, fingerprint);
        repository.advance(id, 0, first);
        return new StoredToken(first, Map.of());
    }
}
