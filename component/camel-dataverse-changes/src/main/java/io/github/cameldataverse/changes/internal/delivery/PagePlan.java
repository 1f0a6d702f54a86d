package io.github.cameldataverse.changes.internal.delivery;

import static io.github.cameldataverse.changes.internal.ReaderLog.LOG;

import io.github.cameldataverse.changes.change.Change;
import io.github.cameldataverse.changes.change.Delete;
import io.github.cameldataverse.changes.change.Upsert;
import io.github.cameldataverse.changes.internal.source.RecordId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides, before the first exchange is made, which changes of a page are to be delivered. It leaves out what was
 * delivered before the page was interrupted, and tombstones that are older than the life of their record: the service
 * lists tombstones after all upserts, so that the old tombstone of a re-created record comes after its row.
 */
public final class PagePlan {

    /** What is remembered of a record that the route was, or was about to be, offered. */
    public static final String OFFERED = "offered";

    /** The end of a reload, among what was delivered of its last page. */
    public static final String RESYNC_COMPLETED = "resyncCompleted";

    private final Map<String, String> delivered;
    private final RoundMemory memory;

    /** @param delivered what the token repository holds of the page that is delivered */
    public PagePlan(Map<String, String> delivered, RoundMemory memory) {
        this.delivered = Map.copyOf(delivered);
        this.memory = memory;
    }

    /**
     * The changes to deliver, in the order served.
     *
     * @param existence asked about the tombstones whose record may have come back, about all of them before any of the page
     *     is delivered
     */
    public <X extends Exception> List<PlannedChange> of(List<Change> page, Existence<X> existence) throws X {
        DeliveredHistory history = new DeliveredHistory(delivered, page);
        List<Candidate> candidates = candidates(page, history);
        Set<String> living = memory.answers().living(doubtful(candidates), existence);
        List<PlannedChange> plan = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates) {
            Change change = candidate.change();
            if (candidate.isDoubtful() && living.contains(change.id())) {
                LOG.info("Not delivering the tombstone of {}: the record lives again", change.id());
            } else {
                plan.add(new PlannedChange(change, history.add(change.id(), change.what())));
            }
        }
        return plan;
    }

    /** A change that was not delivered before. */
    private record Candidate(Change change, Truth truth) {

        /** Whether the source is still as the change says. */
        private enum Truth {
            CERTAIN,
            DOUBTFUL
        }

        boolean isDoubtful() {
            return truth == Truth.DOUBTFUL;
        }
    }

    private List<Candidate> candidates(List<Change> page, DeliveredHistory history) {
        Map<String, Integer> upserts = new HashMap<>();
        List<Candidate> candidates = new ArrayList<>(page.size());
        for (Change served : page) {
            Change change = placed(served, upserts);
            if (!history.covers(change.id())) {
                candidates.add(new Candidate(change, truthOf(change)));
            }
        }
        return candidates;
    }

    private static List<String> doubtful(List<Candidate> candidates) {
        return candidates.stream()
                .filter(Candidate::isDoubtful)
                .map(candidate -> candidate.change().id())
                .toList();
    }

    /**
     * Deletes of the records that the route may have got before the page was interrupted, and that are gone since. Asked
     * at the beginning of a full load only: everywhere else the service itself lists their tombstones.
     *
     * @param existence asked about the records that the page no longer has; they may have moved to a later one
     */
    public <X extends Exception> List<PlannedChange> vanished(List<Change> page, long round, Existence<X> existence)
            throws X {
        Set<String> missing = new TreeSet<>(delivered.keySet());
        page.forEach(change -> missing.remove(change.id()));
        // The ends of a reload are remembered, too, and are no records.
        missing.removeIf(id -> RecordId.of(id).isEmpty() || historyOf(id).endsWith(Delete.DELETED));
        missing.removeAll(memory.answers().living(missing, existence));
        return missing.stream()
                .map(id -> new PlannedChange(Delete.missing(id, round), historyOf(id) + " " + Delete.DELETED))
                .toList();
    }

    private String historyOf(String id) {
        return delivered.getOrDefault(id, OFFERED);
    }

    /**
     * What was delivered of the page before it was interrupted, and is in it no more: it has moved to a later page of the
     * round, where it must not be delivered again. So has the end of a reload, if its last page has grown since: all that was
     * there when it was delivered came before it, and what has come since is a change like those of the next round.
     */
    public static Map<String, String> leftOver(Map<String, String> delivered, List<Change> page) {
        Map<String, String> left = new DeliveredHistory(delivered, page).leftOver();
        left.keySet().removeIf(id -> RecordId.of(id).isEmpty() && !id.equals(RESYNC_COMPLETED));
        left.values().removeIf(OFFERED::equals);
        return left;
    }

    /** The change with its place in the page, which names a tombstone. */
    private Change placed(Change change, Map<String, Integer> upserts) {
        if (change instanceof Upsert upsert) {
            memory.saw(upsert);
            upserts.merge(upsert.id(), 1, Integer::sum);
        }
        return change instanceof Delete delete ? delete.after(upserts.getOrDefault(delete.id(), 0)) : change;
    }

    private Candidate.Truth truthOf(Change change) {
        return change instanceof Delete && memory.mayHaveSeenUpsertOf(change.id())
                ? Candidate.Truth.DOUBTFUL
                : Candidate.Truth.CERTAIN;
    }
}
