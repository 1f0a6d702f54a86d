package io.github.cameldataverse.changes.internal.checkpoint;

import io.github.cameldataverse.changes.change.Delete;
import io.github.cameldataverse.changes.change.Page;
import io.github.cameldataverse.changes.change.Upsert;
import io.github.cameldataverse.changes.internal.delivery.PlannedChange;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.KnownIds;
import io.github.cameldataverse.changes.token.Phase;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.TokenConflictException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of one subscription that its sinks may hold, if that is kept. A list that was begun is kept true even by a
 * reader that does not ask for it: a gap in it would be a ghost for good.
 */
public final class KnownRecords {

    private static final Logger LOG = LoggerFactory.getLogger(KnownRecords.class);

    private final DeltaTokenRepository repository;
    private final SubscriptionId id;
    private final @Nullable KnownIds kept;
    private final boolean tellsWhatIsGone;

    private KnownRecords(
            DeltaTokenRepository repository, SubscriptionId id, @Nullable KnownIds kept, boolean tellsWhatIsGone) {
        this.repository = repository;
        this.id = id;
        this.kept = kept;
        this.tellsWhatIsGone = tellsWhatIsGone;
    }

    /** Those that are kept already; begins nothing. */
    public static KnownRecords look(DeltaTokenRepository repository, SubscriptionId id) {
        KnownIds kept = repository.knownIds(id).filter(KnownIds::isKept).orElse(null);
        return new KnownRecords(repository, id, kept, false);
    }

    /** Keeps them from now on. */
    public static KnownRecords keep(DeltaTokenRepository repository, SubscriptionId id) {
        KnownIds ids = required(repository, id);
        boolean late = !ids.isKept() && repository.load(id).isPresent();
        if (ids.begin() && late) {
            LOG.warn(
                    "The known ids of {} begin now: records that were delivered before are not among them, and stay"
                            + " at the sinks if they go while the token expires. Ask once for a reload with the producer"
                            + " operation resync; from then on the list is complete",
                    id);
        }
        return new KnownRecords(repository, id, ids, true);
    }

    /** @throws IllegalArgumentException with a sentence, if the repository keeps none */
    public static KnownIds required(DeltaTokenRepository repository, SubscriptionId id) {
        return repository
                .knownIds(id)
                .orElseThrow(() -> new IllegalArgumentException("The idempotentRepository, " + repository
                        + ", cannot keep known ids; switch the option knownIds off, or use a FileDeltaTokenRepository or"
                        + " a JdbcDeltaTokenRepository (package io.github.cameldataverse.changes.token)"));
    }

    /** Whether records were delivered before, so that a missing token is a lost one. */
    boolean tellOfALostToken() {
        return tellsWhatIsGone && newestRound() > 0;
    }

    /** Whether a full load ends with a delete for each record that it did not bring. */
    public boolean tellWhatIsGone() {
        return tellsWhatIsGone;
    }

    public boolean areKept() {
        return kept != null;
    }

    /** The latest round that ever brought a change; 0 if that is not kept. */
    long newestRound() {
        return kept == null ? 0 : kept.tally(0).newestRound();
    }

    /** How many there are; 0 if they are not kept. */
    long count() {
        return kept == null ? 0 : kept.tally(0).ids();
    }

    /** The last rounds that offered these records, as far as they are known; nothing if that is not kept. */
    public Optional<Map<String, Long>> rounds(Set<String> ids) {
        return Optional.ofNullable(kept).map(list -> list.rounds(ids));
    }

    /** Puts the records of a page in, before the route is offered the first of them. */
    public void expect(Checkpoint here, Page page) {
        if (kept == null || here.phase() == Phase.SKIP) {
            return;
        }
        List<String> ids = page.changes().stream()
                .filter(Upsert.class::isInstance)
                .map(change -> change.id())
                .toList();
        if (here.beginsFullLoad()) {
            kept.expectAnew(here.revision(), here.round(), ids);
        } else if (!ids.isEmpty()) {
            kept.expect(here.round(), ids);
        }
    }

    /** Moves the checkpoint, and takes out what was deleted in the page before it. */
    void advance(long expectedRevision, Checkpoint next, Set<String> gone) {
        if (kept == null) {
            repository.advance(id, expectedRevision, next);
        } else {
            kept.advance(expectedRevision, next, gone);
        }
    }

    /**
     * Takes out a record whose derived delete was accepted.
     *
     * @throws TokenConflictException if another reader has taken it out, or has brought it again
     */
    public void forget(String recordId, long round) {
        if (kept != null && !kept.forget(recordId, round)) {
            throw new TokenConflictException("The record " + recordId + " of " + id
                    + " is missing no more: another reader has deleted it, or has delivered it again");
        }
    }

    /** The same, whoever else may have taken it out. */
    public void drop(String recordId, long round) {
        if (kept != null) {
            boolean unused = kept.forget(recordId, round);
        }
    }

    public KnownIds.Tally tally(long round) {
        return kept == null ? new KnownIds.Tally(0, 0, 0) : kept.tally(round);
    }

    public List<String> olderThan(long round, String after, int most) {
        return kept == null ? List.of() : kept.olderThan(round, after, most);
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
}
