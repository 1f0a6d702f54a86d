package io.github.cameldataverse.changes.internal.checkpoint;

import io.github.cameldataverse.changes.internal.http.clock.ServiceClock;
import io.github.cameldataverse.changes.token.Checkpoint;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Numbers rounds, and the revisions of those who read them, so that no number comes again, also where the token is lost, and
 * with it the count: the first round has the milliseconds of the clock, and those behind it count on by one. A count that gained on
 * the clock could be met again after a loss, so no round begins sooner than a millisecond after the one before.
 *
 * <pre>
 *   clock    ├────────────────────────────────────┼─────────────▶ milliseconds
 *   rounds   └ first, +1, +1, +1 … never faster   └ first after a loss: beyond all of them
 * </pre>
 */
final class RoundNumbers {

    private final ServiceClock clock;

    RoundNumbers(ServiceClock clock) {
        this.clock = clock;
    }

    /**
     * The number of a first round.
     *
     * @param newest the latest round that is known from elsewhere, 0 if none is; an earlier clock may have been ahead
     */
    long first(long newest) {
        return Math.max(millis(), newest + 1);
    }

    /** The checkpoint of a round that follows another one, once it may begin. */
    Checkpoint paced(Checkpoint next) {
        if (next.round() > millis()) {
            waitForTheClock();
        }
        return next;
    }

    /**
     * The same in the hands of a reader that begins or takes over, with the milliseconds of the clock for a revision unless it is
     * beyond them: higher than any that a sink has seen, also where the token was lost or comes from a backup.
     */
    Checkpoint beginning(Checkpoint next) {
        return next.withRevision(Math.max(next.revision(), millis()));
    }

    private long millis() {
        return Math.max(1, clock.latest().toEpochMilli());
    }

    private static void waitForTheClock() {
        try {
            boolean unused = new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // The reader is to stop, and begins no other round.
            Thread.currentThread().interrupt();
        }
    }
}
