package io.github.cameldataverse.changes.internal.status;

import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.camel.util.TimeUtils;

/**
 * The exchange that the route has, and for how long. Nobody cancels it: a step that writes would then have written or not,
 * and nobody would know. One thread sends exchanges, any thread may ask.
 */
public final class InflightExchange {

    private final LongSupplier nanos;
    private final Duration most;
    private volatile Optional<Sent> sent = Optional.empty();

    private record Sent(String name, long at) {}

    /**
     * @param nanos a clock in nanoseconds that never jumps, as {@link System#nanoTime()}
     * @param most after this time the reader is no longer healthy
     */
    public InflightExchange(LongSupplier nanos, Duration most) {
        this.nanos = nanos;
        this.most = most;
    }

    /** @param name of what the exchange carries */
    public void begins(String name) {
        sent = Optional.of(new Sent(name, nanos.getAsLong()));
    }

    public void ends() {
        sent = Optional.empty();
    }

    /** How long the route has had it; empty if it has none. */
    public Optional<Duration> age() {
        return sent.map(this::age);
    }

    /** How the reader is, if the route has had the exchange for too long. */
    public Optional<ReaderStatus> overdue(Instant now) {
        return sent.filter(one -> age(one).compareTo(most) > 0).map(one -> {
            Duration age = age(one);
            return new ReaderStatus(Word.INFLIGHT, sentence(one, age), 0, now.minus(age), null);
        });
    }

    private Duration age(Sent one) {
        return Duration.ofNanos(nanos.getAsLong() - one.at);
    }

    private String sentence(Sent one, Duration age) {
        return "The route has had " + one.name + " for " + TimeUtils.printDuration(age)
                + ", which is longer than " + TimeUtils.printDuration(most)
                + " (maxInflightTime). It is not cancelled, and nothing else is sent before the route answers: look at what"
                + " its steps wait for";
    }
}
