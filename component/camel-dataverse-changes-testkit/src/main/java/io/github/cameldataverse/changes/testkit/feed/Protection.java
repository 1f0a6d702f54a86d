package io.github.cameldataverse.changes.testkit.feed;

import io.github.cameldataverse.changes.testkit.switches.RequestLimit;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import io.github.cameldataverse.changes.testkit.wire.Codes;
import io.github.cameldataverse.changes.testkit.wire.Refusal;
import io.github.cameldataverse.changes.testkit.wire.ServiceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Service protection: counts data requests of both services in one sliding window, and refuses those beyond
 * the limit, if there is one. Thread-safe.
 */
public final class Protection {
    private final Switches switches;
    private final Clock clock;
    private final Deque<Instant> answered = new ArrayDeque<>();

    public Protection(Switches switches, Clock clock) {
        this.switches = switches;
        this.clock = clock;
    }

    /** Counts a request, or refuses it if the limit is exceeded. */
    public synchronized void admit() {
        Optional<Refusal> refusal = switches.get(Switch.REQUEST_LIMIT).flatMap(this::refusal);
        if (refusal.isPresent()) {
            throw new ServiceException(refusal.get());
        }
    }

    /** Begins to count anew. */
    public synchronized void forget() {
        answered.clear();
    }

    private Optional<Refusal> refusal(RequestLimit limit) {
        Instant now = clock.instant();
        while (!answered.isEmpty() && !answered.peekFirst().isAfter(now.minus(limit.window()))) {
            answered.removeFirst();
        }
        if (answered.size() < limit.requests()) {
            answered.addLast(now);
            return Optional.empty();
        }
        Instant first = answered.isEmpty() ? now : answered.getFirst();
        return Optional.of(refused(limit, Duration.between(now, first.plus(limit.window()))));
    }

    private static Refusal refused(RequestLimit limit, Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        String message = "Number of requests exceeded the limit of " + limit.requests() + " over time window of "
                + limit.window().toSeconds() + " seconds.";
        return new Refusal(429, Codes.TOO_MANY_REQUESTS, message, Optional.of(Long.toString(seconds)));
    }
}
