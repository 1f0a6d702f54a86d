package io.github.cameldataverse.changes.internal.checkpoint;

import static io.github.cameldataverse.changes.internal.ReaderLog.LOG;

import io.github.cameldataverse.changes.change.Change;
import io.github.cameldataverse.changes.change.Delete;
import io.github.cameldataverse.changes.change.Upsert;
import io.github.cameldataverse.changes.internal.delivery.PlannedChange;
import io.github.cameldataverse.changes.internal.source.Page;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.KnownIds;
import io.github.cameldataverse.changes.token.Phase;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.TokenConflictException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The records of one subscription that its sinks may hold, if that is kept. A list that was begun is kept true even by a
 * reader that does not ask for it: with a gap in it, a record that is gone would stay at the sinks for good.
 */
public final class KnownRecords {

    private final DeltaTokenRepository repository;
    private final SubscriptionId id;
    private final Use use;
    private volatile KnownIds ids;

    /** What the reader does with the list. */
    private enum Use {
        /** Keeps it true, if there is one. */
        MAINTAIN,
        /** Ends a full load with a delete for each record that the load did not bring. */
        DELETE_WHAT_IS_MISSING
    }

    private KnownRecords(DeltaTokenRepository repository, SubscriptionId id, KnownIds ids, Use use) {
        this.repository = repository;
        this.id = id;
        this.ids = ids;
        this.use = use;
    }

    /** Those that are kept already, or that another process begins to keep later; begins nothing. */
    public static KnownRecords look(DeltaTokenRepository repository, SubscriptionId id) {
        KnownRecords known = new KnownRecords(repository, id, NotKept.INSTANCE, Use.MAINTAIN);
        KnownIds unused = known.looked();
        return known;
    }

    /** As long as no list is kept, another process may begin one at any time. */
    private KnownIds looked() {
        if (!areKept()) {
            ids = repository.knownIds(id).filter(KnownIds::isKept).orElse(NotKept.INSTANCE);
        }
        return ids;
    }

    /** Keeps them from now on. */
    public static KnownRecords keep(DeltaTokenRepository repository, SubscriptionNames names) {
        SubscriptionId id = names.key();
        KnownIds ids = required(repository, id);
        // In this order: a reader without the option that stores its first token behind the begin puts its records in.
        if (ids.begin() && names.hasDeliveredUnlisted()) {
            LOG.warn(
                    "The known ids of {} begin now: records that were delivered before are not among them, and stay"
                            + " at the sinks if they go while the token expires. Ask once for a reload with the producer"
                            + " operation resync; from then on the list is complete",
                    names.byAddress());
        }
        return new KnownRecords(repository, id, ids, Use.DELETE_WHAT_IS_MISSING);
    }

    /** @throws IllegalArgumentException with a sentence, if the repository keeps none */
    public static KnownIds required(DeltaTokenRepository repository, SubscriptionId id) {
        return repository
                .knownIds(id)
                .orElseThrow(() -> new IllegalArgumentException("The idempotentRepository, " + repository
                        + ", cannot keep known ids; switch the option knownIds off, or use a FileDeltaTokenRepository or"
                        + " a JdbcDeltaTokenRepository (packages io.github.cameldataverse.changes.token.file and"
                        + " .jdbc)"));
    }

    /** Whether records were delivered before, so that a missing token is a lost one. */
    boolean tellOfALostToken() {
        return tellWhatIsGone() && newestRound() > 0;
    }

    /** Whether a full load ends with a delete for each record that it did not bring. */
    public boolean tellWhatIsGone() {
        return use == Use.DELETE_WHAT_IS_MISSING;
    }

    /** Whether a list was kept when it was last looked for, which is before each page. */
    public boolean areKept() {
        return ids != NotKept.INSTANCE;
    }

    /** The list itself, for the one who moves the checkpoint with it. */
    KnownIds ids() {
        return ids;
    }

    /** The latest round that ever brought a change; 0 if that is not kept. */
    long newestRound() {
        return looked().tally(0).newestRound();
    }

    /** How many there are; 0 if they are not kept. */
    long count() {
        return looked().tally(0).ids();
    }

    /** The last rounds that offered these records, as far as they are known; nothing if that is not kept. */
    public Optional<Map<String, Long>> rounds(Set<String> recordIds) {
        if (!areKept()) {
            return Optional.empty();
        }
        return Optional.of(ids.rounds(recordIds));
    }

    /**
     * Puts the records of a page in, before the route is offered the first of them.
     *
     * @throws TokenConflictException if another reader has moved the checkpoint
     */
    public void expect(Checkpoint here, Page page) {
        KnownIds kept = looked();
        if (here.phase() == Phase.SKIP) {
            return;
        }
        List<String> upserted = page.changes().stream()
                .filter(Upsert.class::isInstance)
                .map(Change::id)
                .toList();
        if (here.beginsFullLoad()) {
            kept.expectAnew(here.revision(), here.round(), upserted);
        } else if (!upserted.isEmpty()) {
            kept.expect(here.revision(), here.round(), upserted);
        }
    }

    /**
     * Records that a full load did not bring and that live all the same count as brought by it.
     *
     * @throws TokenConflictException if another reader has moved the checkpoint: the answer is older than what it has read
     */
    public void live(Checkpoint here, Collection<String> recordIds) {
        if (!recordIds.isEmpty()) {
            ids.expect(here.revision(), here.round(), recordIds);
        }
    }

    /**
     * Takes out a record whose derived delete was accepted.
     *
     * @throws TokenConflictException if another reader has moved the checkpoint, has taken it out, or has brought it again
     */
    public void forget(Checkpoint here, String recordId, long round) {
        if (!ids.forget(here.revision(), recordId, round)) {
            throw new TokenConflictException("The record " + recordId + " of " + id
                    + " is missing no more: another reader has deleted it, or has delivered it again");
        }
    }

    /** The same, where it may have been taken out already. */
    public void drop(Checkpoint here, String recordId, long round) {
        boolean unused = ids.forget(here.revision(), recordId, round);
    }

    public KnownIds.Tally tally(long round) {
        return ids.tally(round);
    }

    public List<String> olderThan(long round, String after, int most) {
        return ids.olderThan(round, after, most);
    }

    /**
     * Records of a page that is delivered whole, of which the last accepted change is a delete.
     *
     * @param before what was delivered of the page before it was interrupted
     */
    public static Set<String> gone(Map<String, String> before, List<PlannedChange> plan) {
        Map<String, String> histories = new HashMap<>(before);
        plan.forEach(planned -> histories.put(planned.change().id(), planned.history()));
        Set<String> gone = new HashSet<>();
        histories.forEach((recordId, history) -> {
            if (history.endsWith(Delete.DELETED)) {
                gone.add(recordId);
            }
        });
        return gone;
    }

    /** The list of a subscription for which none is kept. */
    private enum NotKept implements KnownIds {
        INSTANCE;

        @Override
        public boolean begin() {
            throw new UnsupportedOperationException("No ids are kept here");
        }

        @Override
        public boolean isKept() {
            return false;
        }

        @Override
        public void expect(long revision, long round, Collection<String> expected) {}

        @Override
        public void expectAnew(long revision, long round, Collection<String> expected) {}

        @Override
        public void advance(
                long expectedRevision, Checkpoint next, Collection<String> gone, Map<String, String> delivered) {
            throw new UnsupportedOperationException("No ids are kept here; the repository itself is advanced");
        }

        @Override
        public boolean forget(long revision, String recordId, long round) {
            return true;
        }

        @Override
        public List<String> olderThan(long round, String after, int most) {
            return List.of();
        }

        @Override
        public Map<String, Long> rounds(Collection<String> recordIds) {
            return Map.of();
        }

        @Override
        public Tally tally(long round) {
            return new Tally(0, 0, 0);
        }
    }
}
