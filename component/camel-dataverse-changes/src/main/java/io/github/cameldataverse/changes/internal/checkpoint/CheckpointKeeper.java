package io.github.cameldataverse.changes.internal.checkpoint;

import io.github.cameldataverse.changes.internal.checkpoint.CheckpointPolicy.Reader;
import io.github.cameldataverse.changes.internal.http.clock.ServiceClock;
import io.github.cameldataverse.changes.internal.source.Page;
import io.github.cameldataverse.changes.internal.subscription.Subscription;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.RevisionCheck;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.TokenConflictException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Moves the checkpoint of one subscription. Nothing else in the component advances a token repository, and every move is
 * a compare-and-set: from one checkpoint to the next in {@link #store}, and from none in {@link #first} and
 * {@link #resyncAfter}. Where to, {@link CheckpointPolicy} decides.
 */
public final class CheckpointKeeper {

    private final DeltaTokenRepository repository;
    private final SubscriptionId id;
    private final KnownRecords known;
    private final CheckpointPolicy policy;
    private Reader reader = Reader.STARTING;

    /** Why there is no token to go on from. */
    public enum Loss {
        NOTHING_STORED,
        UNREADABLE
    }

    CheckpointKeeper(DeltaTokenRepository repository, SubscriptionId id, KnownRecords known, CheckpointPolicy policy) {
        this.repository = repository;
        this.id = id;
        this.known = known;
        this.policy = policy;
    }

    /** @param known what is kept of the records of the same subscription */
    public static CheckpointKeeper of(
            Subscription subscription, SubscriptionId id, KnownRecords known, FullLoadGate gate, ServiceClock clock) {
        String fingerprint = subscription.query().fingerprint();
        CheckpointPolicy policy = new CheckpointPolicy(id, fingerprint, subscription.start(), known, gate, clock);
        return new CheckpointKeeper(subscription.repository(), id, known, policy);
    }

    /** For a look at a subscription that is not read: by an operator, by a preflight. */
    public static CheckpointKeeper looking(Subscription subscription, SubscriptionId id, ServiceClock clock) {
        KnownRecords known = KnownRecords.look(subscription.repository(), id);
        return of(subscription, id, known, FullLoadGate.of(subscription), clock);
    }

    /** What is stored, or the first checkpoint if the user wants one made. */
    public StoredToken load() throws TokenUnusableException {
        Optional<StoredToken> stored = peek();
        StoredToken token = stored.isPresent() ? resumed(stored.get()) : first();
        reader = Reader.READING;
        return token;
    }

    private StoredToken resumed(StoredToken token) throws TokenUnusableException {
        Checkpoint next = policy.resumed(token, reader, repository.resumesInsideRounds());
        return next.equals(token.checkpoint()) ? token : store(token.checkpoint(), next, Set.of());
    }

    private StoredToken first() throws TokenUnusableException {
        Checkpoint first = policy.first();
        repository.advance(id, RevisionCheck.NOTHING, first);
        return new StoredToken(first, Map.of());
    }

    /**
     * What is stored, if anything; moves nothing.
     *
     * @throws TokenUnusableException if {@link #load} would throw it of what is stored
     */
    public Optional<StoredToken> look() throws TokenUnusableException {
        Optional<StoredToken> stored = peek();
        if (stored.isPresent()) {
            Checkpoint unused = policy.resumed(stored.get(), Reader.STARTING, repository.resumesInsideRounds());
        }
        return stored;
    }

    /** What is stored, if anything; makes nothing and checks nothing but its integrity. */
    public Optional<StoredToken> peek() {
        return repository.load(id);
    }

    /** Notes what is delivered of the page behind a checkpoint: record id to its history in the page. */
    public void delivered(Checkpoint here, Map<String, String> histories) {
        histories.forEach((recordId, history) -> repository.delivered(id, here.revision(), recordId, history));
    }

    /** The checkpoint behind a page; the same one, if the page says that nothing has changed. Moves nothing. */
    public Checkpoint behind(Checkpoint from, Page page, Instant roundBegan) {
        return policy.behind(from, page, roundBegan);
    }

    /**
     * Moves on behind a page of which every change was accepted, to the checkpoint that {@link #behind} gave.
     *
     * @param gone records of the page of which the last change was a delete
     */
    public StoredToken move(Checkpoint from, Checkpoint to, Set<String> gone) {
        return to.equals(from) ? new StoredToken(from, Map.of()) : store(from, to, gone);
    }

    /** Goes back to the start of the round, because the service refused the link of its next page. */
    public void roundAgain(Checkpoint from) {
        StoredToken unused = store(from, policy.roundAgain(from), Set.of());
    }

    /** Begins a resync because the token has expired. */
    public StoredToken resyncAfterExpiry(Checkpoint from) {
        return store(from, policy.afterExpiry(from), Set.of());
    }

    /** Begins a resync. */
    public StoredToken resync(Checkpoint from) {
        return store(from, policy.resync(from), Set.of());
    }

    /** Begins a resync where there is no token to go on from. */
    public void resyncAfter(Loss loss) {
        Checkpoint anew = policy.afterLoss();
        if (loss == Loss.UNREADABLE) {
            repository.replace(id, anew);
        } else {
            repository.advance(id, RevisionCheck.NOTHING, anew);
        }
    }

    /** @throws TokenConflictException if another reader has moved the checkpoint */
    public void requireStill(Checkpoint here) {
        long stored = peek().map(token -> token.checkpoint().revision()).orElse(0L);
        if (stored != here.revision()) {
            throw new TokenConflictException(
                    "The token of " + id + " stands at revision " + stored + ", not at " + here.revision());
        }
    }

    /** The move itself. Known ids move with it, in an order in which no id is lost whose delete was not accepted. */
    private StoredToken store(Checkpoint from, Checkpoint to, Set<String> gone) {
        if (known.areKept()) {
            known.ids().advance(from.revision(), to, gone);
        } else {
            repository.advance(id, from.revision(), to);
        }
        return new StoredToken(to, Map.of());
    }
}
