package io.github.cameldataverse.changes.internal.status;

import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Finds a reader that waits and waits and does not get on. To wait as the service asks is no fault; but where no exchange was
 * accepted and no page finished for 15 minutes, or for ten times the delay if that is longer, and more than one wait was
 * served in that time, waiting alone does not help. The poll thread tells, any thread asks.
 */
public final class Standstill {

    private static final Duration LEAST = Duration.ofMinutes(15);
    private static final int DELAYS = 10;

    private final Supplier<Duration> delay;
    private final Clock clock;
    private volatile Span span;

    /**
     * Since when the reader has not got on.
     *
     * @param waits how many of the service's waits are over
     */
    private record Span(Instant since, int waits) {}

    /** @param delay time between two polls */
    public Standstill(Supplier<Duration> delay, Clock clock) {
        this.delay = delay;
        this.clock = clock;
        this.span = new Span(clock.instant(), 0);
    }

    /** The reader gets on: it begins, an exchange was accepted, or a page is finished. */
    public void gotOn() {
        span = new Span(clock.instant(), 0);
    }

    /** A wait is over, and the service is asked again. */
    public void waited() {
        Span before = span;
        span = new Span(before.since(), before.waits() + 1);
    }

    /** The status, if it is none of a reader that stands still. */
    public ReaderStatus seen(ReaderStatus status) {
        Span now = span;
        Duration still = Duration.between(now.since(), clock.instant());
        boolean stands = status.word() == Word.THROTTLED && now.waits() > 1 && still.compareTo(longest()) >= 0;
        return stands ? status.standingStill(now.since(), now.waits()) : status;
    }

    private Duration longest() {
        Duration slow = delay.get().multipliedBy(DELAYS);
        return slow.compareTo(LEAST) > 0 ? slow : LEAST;
    }
}
