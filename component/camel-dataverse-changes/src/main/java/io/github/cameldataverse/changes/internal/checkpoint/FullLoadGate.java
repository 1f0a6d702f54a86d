package io.github.cameldataverse.changes.internal.checkpoint;

import io.github.cameldataverse.changes.api.FullLoad;
import io.github.cameldataverse.changes.api.FullLoad.Moment;
import io.github.cameldataverse.changes.api.FullLoadGuard;
import io.github.cameldataverse.changes.api.FullLoadRefusedException;
import io.github.cameldataverse.changes.internal.source.Page;
import io.github.cameldataverse.changes.internal.subscription.Subscription;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.Phase;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.SubscriptionId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Stops a full load that the user may not want: one that is too large, that the guard objects to, or that would empty the
 * sinks. For the last of these an operator has to look, because an application that lost a privilege, and a service that
 * answers for another environment, bring just as little as a table that was emptied. The user's guard is asked as well.
 */
public final class FullLoadGate {

    /** The guard of a user who wants none. */
    static final FullLoadGuard NO_GUARD = load -> Optional.empty();

    private static final long FEW = 100;
    private static final long SHARE = 5;

    private final String name;
    private final long maxRows;
    private final OptionalLong maxDerivedDeletes;
    private final FullLoadGuard guard;
    private final DeletesAllowed allowed;

    FullLoadGate(
            String name, long maxRows, OptionalLong maxDerivedDeletes, FullLoadGuard guard, DeletesAllowed allowed) {
        this.name = name;
        this.maxRows = maxRows;
        this.maxDerivedDeletes = maxDerivedDeletes;
        this.guard = guard;
        this.allowed = allowed;
    }

    public static FullLoadGate of(Subscription subscription, SubscriptionId id) {
        Subscription.FullLoads options = subscription.fullLoads();
        FullLoadGuard guard = options.guard();
        return new FullLoadGate(
                subscription.toString(),
                options.maxInitialRows(),
                options.maxDerivedDeletes(),
                guard == null ? NO_GUARD : guard,
                new DeletesAllowed(subscription.repository(), id));
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

    /**
     * Where the load ends: a table that has become empty is what a reader sees that lost its privileges, and with the end of
     * a reload a sink may delete all that it holds.
     *
     * @param known what the sinks may hold
     * @throws FullLoadRefusedException before the end of a reload that brought no row, and of a first load that was begun
     *     anew and brings none of what it brought before. A reload of a table that was always empty is one of them: no list of
     *     known ids tells for sure that the sinks hold nothing, because it may have begun after the first delivery
     */
    public void requireRows(StoredToken token, Page page, KnownRecords known) {
        Checkpoint here = token.checkpoint();
        if (here.isFullLoad() && page.next() instanceof Page.RoundEnd && here.rows() + page.rows() == 0) {
            long ids = known.count();
            if (ids > 0 || !token.delivered().isEmpty() || here.phase() == Phase.RESYNC) {
                requireAllowed(
                        here,
                        DeletesAllowed.Reason.NO_ROW,
                        "brought no row, and with its end all that the sinks hold may be deleted: " + ids
                                + " known records");
            }
        }
    }

    /** How many of the known records a load may delete without an operator. */
    public long mostDeletes(long knownIds) {
        return maxDerivedDeletes.orElse(Math.max(FEW, knownIds / SHARE));
    }

    /**
     * @param missing known records that the load did not bring; of more than {@link #mostDeletes} it is known that the source
     *     has them no more
     * @throws FullLoadRefusedException if the deletes at the end of the load may not be delivered
     */
    public void requireDeletes(Checkpoint here, long rowsRead, long knownIds, long missing) {
        if (missing > mostDeletes(knownIds)) {
            requireAllowed(
                    here,
                    DeletesAllowed.Reason.DELETES,
                    "brought " + rowsRead + " rows, and " + missing + " of " + knownIds
                            + " known records would be deleted, more than "
                            + (maxDerivedDeletes.isPresent()
                                    ? "maxDerivedDeletes=" + maxDerivedDeletes.getAsLong()
                                    : "100 and more than a fifth (maxDerivedDeletes is not set)"));
        }
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

    private void requireAllowed(Checkpoint here, DeletesAllowed.Reason reason, String what) {
        if (!allowed.asked(here.round(), reason)) {
            throw new FullLoadRefusedException("The full load of " + name + ", round " + here.round() + ", " + what
                    + ". Nothing was deleted and nothing is lost while it waits. If the records are gone at the source,"
                    + " allow it with the producer operation allowDeletes and the header CamelDataverseChangesRound="
                    + here.round() + "; if not (a privilege was lost, another environment answers), mend that and ask"
                    + " with the producer operation resync");
        }
    }

    /** The load has ended, and the checkpoint stands behind it. */
    public void ended(Checkpoint load) {
        allowed.usedUp(load.round());
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
