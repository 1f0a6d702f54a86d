package io.github.cameldataverse.changes.internal.http.clock;

import static io.github.cameldataverse.changes.internal.ReaderLog.LOG;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/**
 * The clock of this machine, as it would be had nobody set it since the process began: small steps are followed, a jump
 * is not. By the clock alone a machine that was set forward cannot be told from one that slept. Thread-safe.
 */
public final class OwnClock {

    /** Less than that is how clocks are kept right; more makes no token too old or too young. */
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final Clock wall;
    private final LongSupplier nanos;
    private Instant shown;
    private Instant time;
    private long lookedAt;
    private int jumps;

    /**
     * @param wall what the machine shows
     * @param nanos a counter that nobody can set, from any beginning
     */
    public OwnClock(Clock wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        this.lookedAt = nanos.getAsLong();
        this.shown = wall.instant();
        this.time = shown;
    }

    public static OwnClock ofThisMachine() {
        return new OwnClock(Clock.systemUTC(), System::nanoTime);
    }

    public synchronized Instant instant() {
        long now = nanos.getAsLong();
        Duration passed = Duration.ofNanos(now - lookedAt);
        Instant shows = wall.instant();
        Duration step = Duration.between(shown.plus(passed), shows);
        if (step.abs().compareTo(TOLERANCE) > 0) {
            jumps++;
            tell(step);
            step = Duration.ZERO;
        }
        time = time.plus(passed).plus(step);
        shown = shows;
        lookedAt = now;
        return time;
    }

    private static void tell(Duration step) {
        LOG.warn(
                "The clock of this machine was set {} by {}, or the machine slept. No token is older or younger for it;"
                        + " what counts is what the answers of the service say, and where they say nothing, the time that"
                        + " this process has counted",
                step.isNegative() ? "back" : "forward",
                step.abs().truncatedTo(ChronoUnit.SECONDS));
    }

    /** How often it was found to have jumped. */
    synchronized int jumps() {
        instant();
        return jumps;
    }

    /** What the machine counts, which no setting of its clock changes. */
    public long nanos() {
        return nanos.getAsLong();
    }
}
