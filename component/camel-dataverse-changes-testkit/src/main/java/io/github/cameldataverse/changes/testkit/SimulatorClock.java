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
 * The clock of a simulated organization. It shows the real time plus an offset, or is stopped. It determines the age of
 * delta tokens, the times of changes, and the windows of service protection. Thread-safe.
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

    /** Moves the clock forward, or back if the duration is negative. A stopped clock stays stopped. */
    public void advance(Duration by) {
        move(offset.plus(by), frozen == null ? null : frozen.plus(by));
    }

    /** Sets the clock. A running clock goes on from there. */
    public void set(Instant now) {
        move(Duration.between(real.instant(), now), frozen == null ? null : now);
    }

    /** Stops the clock at this time. */
    public void freeze(Instant now) {
        move(Duration.between(real.instant(), now), now);
    }

    /** Lets a stopped clock go on from where it stopped. */
    public void run() {
        move(Duration.between(real.instant(), instant()), null);
    }

    /** Shows the real time again. */
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

    /** This clock in another time zone; it moves with this one. */
    @Override
    public Clock withZone(ZoneId zone) {
        return new InZone(this, zone);
    }

    /** Restores the offset that the clock had before a restart. */
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

    /** This clock in another time zone. */
    private static final class InZone extends Clock {
        private final SimulatorClock clock;
        private final ZoneId zone;

        InZone(SimulatorClock clock, ZoneId zone) {
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
            return new InZone(clock, other);
        }
    }
}
