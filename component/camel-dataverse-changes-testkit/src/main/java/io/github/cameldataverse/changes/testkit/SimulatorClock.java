package io.github.cameldataverse.changes.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The clock of a simulated organization. It runs with the real time, moved by as much as a test wants, or stands still.
 * Token ages, change times and service protection go by it. Thread-safe.
 */
public final class SimulatorClock extends Clock {
    private final InstantSource real;
    private final List<Consumer<Duration>> listeners = new CopyOnWriteArrayList<>();
    private Duration offset = Duration.ZERO;
    private @Nullable Instant frozen;

    /** A clock that shows the real time until it is moved. */
    public SimulatorClock() {
        this(Clock.systemUTC());
    }

    SimulatorClock(InstantSource real) {
        this.real = real;
    }

    /** Moves the clock on, or back if the duration is negative. A clock that stands still goes on standing there. */
    public void advance(Duration by) {
        move(offset.plus(by), frozen == null ? null : frozen.plus(by));
    }

    /** Sets the clock; if it runs, it runs on from there. */
    public void set(Instant now) {
        move(Duration.between(real.instant(), now), frozen == null ? null : now);
    }

    /** Stops the clock there. */
    public void freeze(Instant now) {
        move(Duration.between(real.instant(), now), now);
    }

    /** Lets a stopped clock run on from where it stands. */
    public void run() {
        move(Duration.between(real.instant(), instant()), null);
    }

    /** Back to the real time. */
    public void reset() {
        move(Duration.ZERO, null);
    }

    @Override
    public synchronized Instant instant() {
        return frozen == null ? real.instant().plus(offset) : frozen;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** A clock of another zone that shows the same moments, moved with this one. */
    @Override
    public Clock withZone(ZoneId zone) {
        return new Elsewhere(this, zone);
    }

    /** Moves the clock to where it was before a restart. */
    void restore(Duration by) {
        move(by, null);
    }

    synchronized Duration offset() {
        return offset;
    }

    void onMove(Consumer<Duration> listener) {
        listeners.add(listener);
    }

    private void move(Duration newOffset, @Nullable Instant newFrozen) {
        synchronized (this) {
            offset = newOffset;
            frozen = newFrozen;
        }
        listeners.forEach(listener -> listener.accept(newOffset));
    }

    /** The same moments in another zone. */
    private static final class Elsewhere extends Clock {
        private final SimulatorClock clock;
        private final ZoneId zone;

        Elsewhere(SimulatorClock clock, ZoneId zone) {
            this.clock = clock;
            this.zone = zone;
        }

        @Override
        public Instant instant() {
            return clock.instant();
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new Elsewhere(clock, other);
        }
    }
}
