package io.github.cameldataverse.changes.harness;

import io.github.cameldataverse.changes.internal.http.clock.OwnClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Time that passes as a test wants it to. */
public final class SimulatedTime {

    private SimulatedTime() {}

    /** A machine on which time itself passes by this clock, so that moving it is no jump. */
    public static OwnClock of(Clock clock) {
        return new OwnClock(
                clock, () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos());
    }
}
