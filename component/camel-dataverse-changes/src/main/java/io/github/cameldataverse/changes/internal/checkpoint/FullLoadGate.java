package io.github.cameldataverse.changes.internal.checkpoint;

import io.github.cameldataverse.changes.api.FullLoad;
import io.github.cameldataverse.changes.api.FullLoad.Moment;
import io.github.cameldataverse.changes.api.FullLoadGuard;
import io.github.cameldataverse.changes.api.FullLoadRefusedException;
import io.github.cameldataverse.changes.internal.source.Page;
import io.github.cameldataverse.changes.internal.subscription.Subscription;
import io.github.cameldataverse.changes.token.Checkpoint;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stops a full load that the user may not want: one that is too large, or that the guard objects to. */
public final class FullLoadGate {

    /** The guard of a user who wants none. */
    static final FullLoadGuard NO_GUARD = load -> Optional.empty();

    private final String name;
    private final long maxRows;
    private final FullLoadGuard guard;

    FullLoadGate(String name, long maxRows, FullLoadGuard guard) {
        this.name = name;
        this.maxRows = maxRows;
        this.guard = guard;
    }

    public static FullLoadGate of(Subscription subscription) {
        Subscription.FullLoads options = subscription.fullLoads();
        FullLoadGuard guard = options.guard();
        return new FullLoadGate(subscription.toString(), options.maxInitialRows(), guard == null ? NO_GUARD : guard);
    }

    /** @throws FullLoadRefusedException if the load may not begin */
    void requireLoad(Moment moment, @Nullable Instant tokenObtained, long knownIds) {
        objection(new FullLoad(name, moment, tokenObtained, 0, knownIds, 0)).ifPresent(reason -> {
            throw new FullLoadRefusedException(
                    "The fullLoadGuard refuses a full load of " + name + " (" + moment + "): "
                            + reason
                            + ". Nothing was read, and the guard is asked again from time to time; to read the table all"
                            + " the same, let it allow that, or ask with the producer operation resync");
        });
    }

    /** @throws FullLoadRefusedException if the deletes at the end of the load may not be delivered */
    public void requireDeletes(long rowsRead, long knownIds, long missing) {
        FullLoad load = new FullLoad(name, Moment.DERIVED_DELETES, null, rowsRead, knownIds, missing);
        objection(load).ifPresent(reason -> {
            throw new FullLoadRefusedException("The fullLoadGuard refuses to delete " + missing + " of " + knownIds
                    + " known records of " + name + " that a full load of " + rowsRead + " rows did not bring: "
                    + reason
                    + ". Nothing was deleted, and the guard is asked again from time to time; if rows are missing"
                    + " because the application lost a privilege, give it back and ask with the producer operation"
                    + " resync");
        });
    }

    private Optional<String> objection(FullLoad load) {
        try {
            return guard.objection(load);
        } catch (RuntimeException e) {
            return Optional.of("it failed with " + e);
        }
    }

    /** @throws FullLoadRefusedException before a page of a load that would go beyond the limit */
    public void requireWithinLimit(Checkpoint here, Page page) {
        if (here.isFullLoad() && maxRows > 0 && here.rows() + page.changes().size() > maxRows) {
            throw new FullLoadRefusedException("The full load of " + name + " stands after " + here.rows()
                    + " rows, and its next page would go beyond maxInitialRows=" + maxRows
                    + ". If the table is meant to be that large, set a higher limit, or 0 for none: the load goes on"
                    + " from there");
        }
    }
}
