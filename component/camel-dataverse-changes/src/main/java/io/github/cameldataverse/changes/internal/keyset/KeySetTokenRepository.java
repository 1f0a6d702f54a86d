package io.github.cameldataverse.changes.internal.keyset;

import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.DeliveredChange;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.RevisionCheck;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.SubscriptionId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds delta tokens in any idempotent repository of Camel, as a set of short keys ({@link TokenLedger} draws how).
 *
 * <p>Stored is the start of a round only, because every store costs a few hundred keys. Where the reader stands inside
 * the round, and what is delivered of the current page, is remembered here and ends with this object; after that the
 * round begins again:
 *
 * <pre>
 *   in the repository    round 7 ─────────────────────────────────────────▶ round 8
 *   in memory            page 1 ─▶ page 2, a and b delivered ─▶ page 3 ─▶   page 1
 *                                  └ a failing route resumes here
 *                                  └ a new process resumes at page 1 of round 7
 * </pre>
 *
 * A move from page to page leaves no trace in the repository, so two readers could make it side by side. When a reader takes
 * a round over, its start is therefore stored once more, under another revision, and who had it before is refused at its
 * next page.
 *
 * <p>The plain keys of {@link IdempotentRepository} go to the repository as they are; {@link #clear()} removes the tokens
 * too, and a token that was cleared is a missing one.
 *
 * <p>Safe for use by several threads. The monitor of the repository is held meanwhile, because the {@code add} of some
 * repositories is atomic only so.
 */
public final class KeySetTokenRepository extends ServiceSupport implements DeltaTokenRepository {

    private static final Logger LOG = LoggerFactory.getLogger(KeySetTokenRepository.class);

    private final IdempotentRepository repository;
    private final Map<SubscriptionId, CurrentRound> rounds = new HashMap<>();
    private @Nullable RepositoryKeys keys;

    /** @throws IllegalArgumentException if the repository is of a kind that would lose a token */
    public KeySetTokenRepository(IdempotentRepository repository) {
        CamelRepositories.requireAble(repository);
        this.repository = repository;
    }

    /** The repository that holds the keys; it is to be started before this one. */
    public IdempotentRepository repository() {
        return repository;
    }

    /** Whether the keys are still there when the repository that holds them is stopped and started. */
    public boolean outlivesAStop() {
        return CamelRepositories.outlivesAStop(repository);
    }

    /** Says in the log what holds the tokens, and what it costs. */
    @Override
    protected void doStart() {
        CamelRepositories.requireSpace(repository);
        LOG.warn(
                "Delta tokens are held as keys in a {}, which gets them between two rounds only: after a crash or a restart"
                        + " the changes of one round may repeat.{} Its clear() removes the tokens. A"
                        + " FileDeltaTokenRepository or a JdbcDeltaTokenRepository repeats one change at most.",
                repository.getClass().getName(),
                CamelRepositories.bound(repository));
    }

    @Override
    public Optional<StoredToken> load(SubscriptionId subscription) {
        return locked(() -> current(subscription).token());
    }

    @Override
    public void delivered(SubscriptionId subscription, long revision, String recordId, String what) {
        DeliveredChange delivery = new DeliveredChange(recordId, what);
        locked(() -> {
            CurrentRound round = known(subscription);
            if (round.checkpoint.isEmpty()) {
                throw RevisionCheck.nothingStored(subscription);
            }
            RevisionCheck.check(subscription, revision, round.revision());
            round.ledger.requireInForce(round.stand);
            round.delivered(delivery);
            return round;
        });
    }

    @Override
    public void advance(
            SubscriptionId subscription, long expectedRevision, Checkpoint next, Map<String, String> delivered) {
        List<DeliveredChange> carried = DeliveredChange.all(delivered);
        CurrentRound unused = locked(() -> move(subscription, expectedRevision, next, carried));
    }

    private CurrentRound move(
            SubscriptionId subscription, long expectedRevision, Checkpoint next, List<DeliveredChange> carried) {
        CurrentRound round = known(subscription);
        RevisionCheck.check(subscription, expectedRevision, round.revision(), next);
        round.doubt();
        CurrentRound moved = round.isMovedWithinBy(next) ? samePlace(round, next) : nextPlace(round, next);
        carried.forEach(moved::delivered);
        return keep(subscription, moved);
    }

    @Override
    public StoredToken takeOver(SubscriptionId subscription, long expectedRevision, Checkpoint next) {
        return locked(() -> {
            Map<String, String> noted =
                    current(subscription).token().map(StoredToken::delivered).orElse(Map.of());
            CurrentRound unused = move(subscription, expectedRevision, next, DeliveredChange.all(noted));
            return new StoredToken(next, noted);
        });
    }

    private static CurrentRound samePlace(CurrentRound round, Checkpoint next) {
        round.ledger.requireLatest(round.stand);
        return round.at(next);
    }

    private static CurrentRound nextPlace(CurrentRound round, Checkpoint next) {
        return new CurrentRound(
                round.ledger, round.ledger.advance(round.stand, next.startOfRound()), Optional.of(next));
    }

    @Override
    public void replace(SubscriptionId subscription, Checkpoint next) {
        locked(() -> {
            rounds.remove(subscription);
            TokenLedger ledger = new TokenLedger(subscription, keys());
            return keep(subscription, new CurrentRound(ledger, ledger.replace(next.startOfRound()), Optional.of(next)));
        });
    }

    /** False: that is remembered by this object only. */
    @Override
    public boolean resumesInsideRounds() {
        return false;
    }

    private CurrentRound known(SubscriptionId subscription) {
        CurrentRound round = rounds.get(subscription);
        return round == null || round.isDoubtful() ? current(subscription) : round;
    }

    private CurrentRound current(SubscriptionId subscription) {
        CurrentRound round = rounds.get(subscription);
        if (round != null && round.isLatest()) {
            return round;
        }
        TokenLedger ledger = new TokenLedger(subscription, keys());
        TokenLedger.Stand stand = ledger.read();
        return keep(
                subscription,
                round == null ? new CurrentRound(ledger, stand, stand.checkpoint()) : round.readAgain(ledger, stand));
    }

    private CurrentRound keep(SubscriptionId subscription, CurrentRound round) {
        rounds.put(subscription, round);
        return round;
    }

    private RepositoryKeys keys() {
        RepositoryKeys made = keys;
        if (made == null) {
            made = repository instanceof FileIdempotentRepository file
                    ? new FileKeys(file)
                    : new RepositoryKeys(repository);
            keys = made;
        }
        return made;
    }

    private <T> T locked(Supplier<T> work) {
        synchronized (repository) {
            return work.get();
        }
    }

    @Override
    public boolean add(String key) {
        return repository.add(key);
    }

    @Override
    public boolean contains(String key) {
        return repository.contains(key);
    }

    @Override
    public boolean remove(String key) {
        return repository.remove(key);
    }

    @Override
    public boolean confirm(String key) {
        return repository.confirm(key);
    }

    /** Removes all keys, and the tokens with them. */
    @Override
    public void clear() {
        repository.clear();
    }

    @Override
    public String toString() {
        return "delta tokens in keys of a " + repository.getClass().getName();
    }
}
