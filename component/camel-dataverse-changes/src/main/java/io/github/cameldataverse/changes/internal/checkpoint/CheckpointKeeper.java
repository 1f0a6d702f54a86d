package io.github.cameldataverse.changes.internal.checkpoint;

import static io.github.cameldataverse.changes.internal.ReaderLog.LOG;

import io.github.cameldataverse.changes.internal.checkpoint.Standby.Lasting;
import io.github.cameldataverse.changes.internal.http.clock.ServiceClock;
import io.github.cameldataverse.changes.internal.source.Page;
import io.github.cameldataverse.changes.internal.subscription.Subscription;
import io.github.cameldataverse.changes.token.CallerTransaction;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.Phase;
import io.github.cameldataverse.changes.token.RevisionCheck;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.TokenConflictException;
import io.github.cameldataverse.changes.token.TokenUnreadableException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Moves the checkpoint of one subscription. Nothing else in the component advances a token repository, but for
 * {@link SubscriptionNames}: between two names of one subscription, and to stop the reader of a token that a reload replaces.
 * Every move is a compare-and-set: from one checkpoint to the next in {@link #store}, and from none in {@link #first} and
 * {@link #resyncAfter}. Where to, {@link CheckpointPolicy} decides.
 *
 * <p>Another process may move the checkpoint at any time, so that a reader takes it over before it reads on from it
 * ({@link #takenOver}): a reader that had it before is refused from then on. What a process remembers of a round holds only as
 * long as it was told of each of its moves that it succeeded ({@link #tenure}); one of unknown outcome counts as another's.
 * What the route has accepted and the repository could not take is kept and comes before anything else
 * ({@link #writeUnwritten}).
 *
 * <p>Safe for several threads: one reads, another one may stop it.
 */
public final class CheckpointKeeper {

    private final DeltaTokenRepository repository;
    private final SubscriptionId id;
    private final SubscriptionNames names;
    private final KnownRecords known;
    private final CheckpointPolicy policy;
    private final Standby standby;
    private int tenure;
    /** Where the last move of this process led to; empty while its outcome is not known. */
    private Optional<Checkpoint> moved = Optional.empty();

    private volatile Unwritten unwritten = new Nothing();

    /** What the route has accepted and the repository may not know of, because it failed while it was told. */
    private sealed interface Unwritten {}

    private record Nothing() implements Unwritten {}

    /**
     * An exchange.
     *
     * @param at where its page was asked for
     * @param delivered record id to its history in the page
     * @param forgotten of derived deletes: record id to the round that did not bring it
     */
    private record Note(Checkpoint at, Map<String, String> delivered, Map<String, Long> forgotten)
            implements Unwritten {}

    /** The last exchange of a page, and so the page. */
    private record Whole(PageMove page) implements Unwritten {}

    /** Why there is no token to go on from. */
    public enum Loss {
        NOTHING_STORED,
        UNREADABLE
    }

    CheckpointKeeper(
            DeltaTokenRepository repository,
            SubscriptionNames names,
            KnownRecords known,
            CheckpointPolicy policy,
            Standby standby) {
        this.repository = repository;
        this.id = names.key();
        this.names = names;
        this.known = known;
        this.policy = policy;
        this.standby = standby;
    }

    /** @param known what is kept of the records of the same subscription */
    public static CheckpointKeeper of(
            Subscription subscription,
            SubscriptionNames names,
            KnownRecords known,
            FullLoadGate gate,
            ServiceClock clock) {
        String fingerprint = subscription.query().fingerprint();
        CheckpointPolicy policy =
                new CheckpointPolicy(names.byAddress(), fingerprint, subscription.start(), known, gate, clock);
        Lasting lasting = subscription.repository().resumesInsideRounds() ? Lasting.PAGES : Lasting.ROUNDS;
        return new CheckpointKeeper(
                subscription.repository(), names, known, policy, new Standby(names.byAddress(), lasting, clock));
    }

    /** For a look at a subscription that is not read: by an operator, by a preflight. */
    public static CheckpointKeeper looking(Subscription subscription, SubscriptionNames names, ServiceClock clock) {
        KnownRecords known = KnownRecords.look(subscription.repository(), names.key());
        return of(subscription, names, known, FullLoadGate.of(subscription, names.key()), clock);
    }

    /** What is stored, or the first checkpoint if the user wants one made. */
    public synchronized StoredToken load() throws TokenUnusableException {
        writeUnwritten();
        Optional<StoredToken> mine = repository.load(id).filter(token -> movedTo(token.checkpoint()));
        if (mine.isPresent()) {
            return mine.get();
        }
        names.settle();
        Optional<StoredToken> stored = names.stored();
        return stored.isEmpty() ? first() : takenOver(stored.get());
    }

    /**
     * The same place in the hands of this process, or where the policy wants it to go on. The page is asked for behind that, so
     * it is newer than whatever another reader still holds.
     */
    private StoredToken takenOver(StoredToken token) throws TokenUnusableException {
        Checkpoint here = token.checkpoint();
        Checkpoint resumed = policy.resumed(token, repository.resumesInsideRounds());
        standby.requireStandstill(token);
        tenure++;
        Checkpoint next = names.atThisAddress(policy.takenOver(here, resumed, repository.resumesInsideRounds()));
        return resumed.equals(here)
                ? moving(next, () -> repository.takeOver(id, here.revision(), next))
                : store(here, next);
    }

    private StoredToken first() throws TokenUnusableException {
        Checkpoint first = names.atThisAddress(policy.first());
        tenure++;
        moved = Optional.empty();
        repository.advance(id, RevisionCheck.NOTHING, first);
        moved = Optional.of(first);
        return new StoredToken(first, Map.of());
    }

    /** Whether this process has moved the checkpoint here and was told so. */
    private boolean movedTo(Checkpoint here) {
        return moved.filter(here::equals).isPresent();
    }

    /**
     * A number that is the same as long as no other reader has moved the checkpoint, or may have: what is remembered of a
     * round under one number holds under no other.
     */
    public synchronized int tenure() {
        return tenure;
    }

    /**
     * Where the subscription stands, if anywhere, with the links as they are asked for at the address of the endpoint. Moves
     * nothing.
     *
     * @throws TokenUnusableException if what is stored is of another organization
     */
    public Optional<Checkpoint> place() throws TokenUnusableException {
        names.requireSame();
        return peek().map(StoredToken::checkpoint).map(names::atThisAddress);
    }

    /**
     * The same.
     *
     * @throws TokenUnusableException if {@link #load} would throw it of what is stored
     */
    public Optional<Checkpoint> look() throws TokenUnusableException {
        Optional<Checkpoint> place = place();
        Optional<StoredToken> stored = peek();
        if (stored.isPresent()) {
            Checkpoint unused = policy.resumed(stored.get(), repository.resumesInsideRounds());
        }
        return place;
    }

    /** What is stored, if anything; makes nothing and checks nothing but its integrity. */
    public Optional<StoredToken> peek() {
        return names.stored();
    }

    /** Notes what is delivered of the page behind a checkpoint: record id to its history in the page. */
    public void delivered(Checkpoint here, Map<String, String> histories) {
        if (!histories.isEmpty()) {
            repository.delivered(id, here.revision(), histories);
        }
    }

    /** The checkpoint behind a page; the same one, if the page says that nothing has changed. Moves nothing. */
    public Checkpoint behind(Checkpoint from, Page page, Instant roundBegan) {
        return policy.behind(from, page, roundBegan);
    }

    /**
     * Notes that the route has accepted an exchange. If that cannot be written, it is kept and written before anything else
     * is delivered.
     *
     * @param forgotten of derived deletes: record id to the round that did not bring it
     * @throws TokenConflictException if another reader has moved the checkpoint, or has deleted the record; nothing is
     *     kept then
     */
    public synchronized void accepted(Checkpoint here, Map<String, String> histories, Map<String, Long> forgotten) {
        unwritten = new Note(here, histories, forgotten);
        untilConflict(() -> {
            delivered(here, histories);
            forgotten.forEach((recordId, round) -> known.forget(here, recordId, round));
        });
    }

    /**
     * Moves on behind a page of which every change was accepted, to the checkpoint that {@link #behind} gave. If that cannot
     * be written, it is kept and written before anything else is delivered.
     *
     * @throws TokenConflictException if another reader has moved the checkpoint; nothing is kept then
     */
    public synchronized StoredToken move(PageMove page) {
        if (page.stays()) {
            standby.over();
            return new StoredToken(page.from(), Map.of());
        }
        unwritten = new Whole(page);
        untilConflict(() -> store(page));
        standby.cameTo(page.to());
        return new StoredToken(page.to(), page.carried());
    }

    private void untilConflict(Runnable write) {
        try {
            write.run();
        } catch (TokenConflictException e) {
            unwritten = new Nothing(); // it was told, and refused
            throw e;
        }
        unwritten = new Nothing();
    }

    /**
     * Writes what the route has accepted and the repository could not take. It belongs to one checkpoint: if the repository
     * stands elsewhere, another reader or an operator has moved on, and it is dropped, as after a refused move.
     */
    public synchronized void writeUnwritten() {
        if (unwritten instanceof Nothing) {
            return;
        }
        Optional<Checkpoint> stored = peek().map(StoredToken::checkpoint);
        if (unwritten instanceof Note note && stored.filter(note.at::equals).isPresent()) {
            delivered(note.at, note.delivered);
            note.forgotten.forEach((recordId, round) -> known.drop(note.at, recordId, round));
        } else if (unwritten instanceof Whole whole
                && stored.filter(whole.page.from()::equals).isPresent()) {
            untilConflict(() -> store(whole.page));
        } else if (!(unwritten instanceof Whole whole
                && stored.filter(whole.page.to()::equals).isPresent())) {
            LOG.warn(
                    "{}: what the route had accepted last could not be written, and the token has been moved since: it is"
                            + " dropped, and may be delivered again",
                    names.byAddress());
        }
        unwritten = new Nothing();
    }

    /** Whether the subscription is kept under another name in the meantime, or may be soon, so that this keeper gets no further. */
    public boolean isOutdated() {
        return names.areOutdated();
    }

    /** Whether something that the route has accepted is not written yet. Waits for nobody. */
    public boolean isBehind() {
        return !(unwritten instanceof Nothing);
    }

    /** Moves behind a page in the transaction of the calling thread, which may still be rolled back. */
    public void moveInTransaction(PageMove page) {
        synchronized (this) {
            standby.over(); // if the exchange fails behind it, the one to be met there is this process
        }
        StoredToken unused = write(page);
    }

    /** The route has moved the checkpoint here, by {@link #moveInTransaction}, and its transaction is over. */
    public synchronized void movedByTheRoute(Checkpoint here) {
        moved = Optional.of(here);
        standby.cameTo(here);
    }

    /** The transaction of the calling thread in which the repository takes part. */
    public CallerTransaction transaction() {
        return repository.transaction();
    }

    /** Goes back to the start of the round, because the service refused the link of its next page. */
    public void roundAgain(Checkpoint from) {
        StoredToken unused = store(from, policy.roundAgain(from));
    }

    /** Begins a resync because the token has expired. */
    public StoredToken resyncAfterExpiry(Checkpoint from) {
        return store(from, policy.afterExpiry(from));
    }

    /** Before an operator's resync: what is kept by the address only is kept by the organization from now on. */
    public void moveToTheId() throws TokenUnusableException {
        try {
            names.moveToTheId();
        } catch (TokenUnreadableException e) {
            LOG.debug("{}: replaced by the reload", names.byAddress(), e);
        }
    }

    /** Begins a resync, of whatever organization is at the address now. */
    public StoredToken resync(Checkpoint from) throws TokenUnusableException {
        names.beginAnew();
        long others = names.carryOver(from.revision());
        StoredToken reload = store(from, names.atThisAddress(policy.resync(from, others)));
        names.rememberAnew();
        return reload;
    }

    /** Begins a resync where there is no token to go on from. One that cannot be read is only replaced by one that can. */
    public void resyncAfter(Loss loss) throws TokenUnusableException {
        names.beginAnew();
        if (loss == Loss.UNREADABLE) {
            repository.replace(id, names.atThisAddress(policy.afterLoss(0)));
        } else {
            long others = names.carryOver(RevisionCheck.NOTHING);
            repository.advance(id, RevisionCheck.NOTHING, names.atThisAddress(policy.afterLoss(others)));
            names.rememberAnew();
        }
    }

    /** Whether a resync that was asked for is not begun yet. */
    boolean isResyncDue() {
        return names.isRemembered()
                && peek().filter(stored -> stored.checkpoint().phase() == Phase.RESYNC && stored.isUntouched())
                        .isPresent();
    }

    /** @throws TokenConflictException if another reader has moved the checkpoint */
    public void requireStill(Checkpoint here) {
        Optional<Checkpoint> stored = peek().map(StoredToken::checkpoint);
        if (stored.filter(here::equals).isEmpty()) {
            throw RevisionCheck.conflict(
                    id, here.revision(), stored.map(Checkpoint::revision).orElse(RevisionCheck.NOTHING));
        }
    }

    private StoredToken store(Checkpoint from, Checkpoint to) {
        return store(new PageMove(from, to, Set.of(), Map.of()));
    }

    private StoredToken store(PageMove page) {
        return moving(page.to(), () -> write(page));
    }

    private synchronized StoredToken moving(Checkpoint to, Supplier<StoredToken> move) {
        moved = Optional.empty();
        try {
            StoredToken token = move.get();
            moved = Optional.of(to);
            return token;
        } catch (TokenConflictException e) {
            throw e;
        } catch (RuntimeException e) {
            standby.over(); // the one to be met there may be this process
            throw e;
        }
    }

    /** The move itself. Known ids move with it, in an order in which no id is lost whose delete was not accepted. */
    private StoredToken write(PageMove page) {
        long revision = page.from().revision();
        if (known.areKept()) {
            known.ids().advance(revision, page.to(), page.gone(), page.carried());
        } else {
            repository.advance(id, revision, page.to(), page.carried());
        }
        return new StoredToken(page.to(), page.carried());
    }
}
