package io.github.cameldataverse.changes.delivery;

import io.github.cameldataverse.changes.change.Change;
import io.github.cameldataverse.changes.change.Delete;
import io.github.cameldataverse.changes.change.Upsert;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides, before the first exchange is made, which changes of a page are to be delivered. It leaves out what was
 * delivered before the page was interrupted, and tombstones that are older than the life of their record: the service
 * lists tombstones after all upserts, so that the old tombstone of a re-created record comes after its row.
 */
public final class PagePlan {

    private static final Logger LOG = LoggerFactory.getLogger(PagePlan.class);

    private final DeliveredHistory history;
    private final RoundMemory memory;

    /** @param delivered what the token repository holds of the page in hand */
    public PagePlan(Map<String, String> delivered, RoundMemory memory) {
        this.history = new DeliveredHistory(delivered);
        this.memory = memory;
    }

    /**
     * The changes to deliver, in the order served.
     *
     * @param existence asked about each tombstone whose record may have come back
     */
    public <X extends Exception> List<PlannedChange> of(List<Change> page, Existence<X> existence) throws X {
        List<PlannedChange> plan = new ArrayList<>(page.size());
        for (Change served : page) {
            if (isNew(served)) {
                confirmed(served, existence).map(this::planned).ifPresent(plan::add);
            }
        }
        return plan;
    }

    private boolean isNew(Change change) {
        if (change instanceof Upsert upsert) {
            memory.saw(upsert);
        }
        return !history.covers(change.id(), change.what());
    }

    private <X extends Exception> Optional<Change> confirmed(Change change, Existence<X> existence) throws X {
        if (!(change instanceof Delete delete) || !memory.mayHaveSeenUpsertOf(change.id())) {
            return Optional.of(change);
        }
        if (existence.lives(delete.id())) {
            LOG.info("Not delivering the tombstone of {}: the record lives again", delete.id());
            return Optional.empty();
        }
        return Optional.of(delete.afterItsUpsert());
    }

    private PlannedChange planned(Change change) {
        return new PlannedChange(change, history.add(change.id(), change.what()));
    }
}
