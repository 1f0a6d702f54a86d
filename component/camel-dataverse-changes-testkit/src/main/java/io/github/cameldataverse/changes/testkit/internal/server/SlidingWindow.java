package io.github.cameldataverse.changes.testkit.internal.server;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** How much of a limit was used in a sliding window of time. Not thread-safe. */
final class SlidingWindow {
    private final Deque<Usage> entries = new ArrayDeque<>();
    private long sum;
    private @Nullable Object limit;

    private record Usage(Instant at, long amount) {}

    /** The usage of this limit. A new limit object begins unused, even if it is equal to the one before. */
    SlidingWindow of(Object given) {
        if (limit != given) {
            limit = given;
            entries.clear();
            sum = 0;
        }
        return this;
    }

    void add(Instant at, long amount) {
        entries.addLast(new Usage(at, amount));
        sum += amount;
    }

    /** The amount used in the window that ends now; older usage is removed. */
    long within(Duration window, Instant now) {
        while (!entries.isEmpty() && !entries.peekFirst().at().isAfter(now.minus(window))) {
            sum -= entries.removeFirst().amount();
        }
        return sum;
    }

    /** The time until less than the limit is in the window, if nothing is added. */
    Duration untilBelow(long most, Duration window, Instant now) {
        long left = within(window, now);
        for (Usage entry : entries) {
            left -= entry.amount();
            if (left < most) {
                return Duration.between(now, entry.at().plus(window));
            }
        }
        return window;
    }
}
