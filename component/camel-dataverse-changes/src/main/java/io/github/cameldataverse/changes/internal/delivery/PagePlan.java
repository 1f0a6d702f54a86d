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
     * @param existence asked about each tombstone whose record may have come back
     */
    public <X extends Exception> List<PlannedChange> of(List<Change> page, Existence<X> existence) throws X {
        DeliveredHistory history = new DeliveredHistory(delivered, page);
        Map<String, Integer> upserts = new HashMap<>();
        List<PlannedChange> plan = new ArrayList<>(page.size());
        for (Change served : page) {
            Change change = placed(served, upserts);
            if (!history.covers(change.id()) && isConfirmed(change, existence)) {
                plan.add(new PlannedChange(change, history.add(change.id(), change.what())));
            }
        }
        return plan;
    }

    /**
     * Deletes of the records that the route may have got before the page was interrupted, and that are gone since. Asked
     * at the beginning of a full load only: everywhere else the service itself lists their tombstones.
     *
     * @param existence asked about each record that the page no longer has; it may have moved to a later one
     */
    public <X extends Exception> List<PlannedChange> vanished(List<Change> page, long round, Existence<X> existence)
            throws X {
        Set<String> missing = new TreeSet<>(delivered.keySet());
        page.forEach(change -> missing.remove(change.id()));
        List<PlannedChange> plan = new ArrayList<>();
        for (String id : missing) {
            String history = delivered.getOrDefault(id, OFFERED);
            // The ends of a reload are remembered, too, and are no records.
            if (RecordId.of(id).isPresent() && !history.endsWith(Delete.DELETED) && !existence.lives(id)) {
                plan.add(new PlannedChange(Delete.missing(id, round), history + " " + Delete.DELETED));
            }
        }
        return plan;
    }

    /**
     * What was delivered of the page before it was interrupted, and is in it no more: it has moved to a later page of the
     * round, where it must not be delivered again.
     */
    public static Map<String, String> leftOver(Map<String, String> delivered, List<Change> page) {
        Map<String, String> left = new HashMap<>(delivered);
        page.forEach(change -> left.remove(change.id()));
        left.keySet().removeIf(id -> RecordId.of(id).isEmpty());
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

    private <X extends Exception> boolean isConfirmed(Change change, Existence<X> existence) throws X {
        if (!(change instanceof Delete) || !memory.mayHaveSeenUpsertOf(change.id())) {
            return true;
        }
        if (existence.lives(change.id())) {
            LOG.info("Not delivering the tombstone of {}: the record lives again", change.id());
            return false;
        }
        return true;
    }
}
