package io.github.cameldataverse.changes.internal.checkpoint;

import io.github.cameldataverse.changes.api.FullLoad.Moment;
import io.github.cameldataverse.changes.option.StartFrom;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.Phase;
import io.github.cameldataverse.changes.token.SubscriptionId;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the first checkpoint of a subscription for which nothing is stored, if the user wants one made. */
final class FirstCheckpoint {

    private static final Logger LOG = LoggerFactory.getLogger(FirstCheckpoint.class);

    private final StartFrom start;
    private final KnownRecords known;
    private final FullLoadGate gate;
    private final Clock clock;

    FirstCheckpoint(StartFrom start, KnownRecords known, FullLoadGate gate, Clock clock) {
        this.start = start;
        this.known = known;
        this.gate = gate;
        this.clock = clock;
    }

    /** @throws TokenUnusableException if the user wants to go on from a stored token only */
    Checkpoint make(SubscriptionId id, String fingerprint) throws TokenUnusableException {
        if (start == StartFrom.STORED) {
            throw new TokenUnusableException("No delta token is stored for " + id
                    + ", and startFrom=stored asks for one. If this is a first start, use startFrom=initial; if not, find"
                    + " out where the token went before changes get lost");
        }
        boolean lost = known.tellOfALostToken();
        gate.requireLoad(lost ? Moment.LOST_TOKEN : Moment.FIRST_LOAD, null, known.count());
        return lost ? afterLoss(id, fingerprint) : firstLoad(id, fingerprint);
    }

    /** The sinks hold what was delivered before the loss: a first load would leave them what is gone since. */
    private Checkpoint afterLoss(SubscriptionId id, String fingerprint) {
        LOG.warn(
                "No delta token is stored for {}, but {} records are known from before: reading the whole table again",
                id,
                known.count());
        return Checkpoint.afterLoss(known.newestRound(), clock.instant(), fingerprint);
    }

    private Checkpoint firstLoad(SubscriptionId id, String fingerprint) {
        LOG.warn(
                "No delta token is stored for {}: {}",
                id,
                start == StartFrom.NOW
                        ? "reading the whole table to start from now; none of its rows is delivered"
                        : "reading the whole table");
        Phase phase = start == StartFrom.NOW ? Phase.SKIP : Phase.INITIAL;
        return Checkpoint.first(phase, clock.instant(), fingerprint);
    }
}
