package io.github.cameldataverse.changes.internal.http.clock;

import io.github.cameldataverse.changes.testkit.SimulatorClock;
import java.time.Duration;
import java.time.Instant;

/** A machine on which time passes, and of which the clock is set, as a test wants it. */
final class TestMachine {

    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final SimulatorClock wall = new SimulatorClock();
    private long nanos = -7;

    TestMachine() {
        wall.freeze(START);
    }

    OwnClock clock() {
        return new OwnClock(wall, () -> nanos);
    }

    void passes(Duration time) {
        nanos += time.toNanos();
        wall.advance(time);
    }

    void isSet(Duration by) {
        wall.advance(by);
    }

    /** While it sleeps, its clock goes on, and what processes count does not. */
    void sleeps(Duration time) {
        isSet(time);
    }

    Instant shows() {
        return wall.instant();
    }
}
