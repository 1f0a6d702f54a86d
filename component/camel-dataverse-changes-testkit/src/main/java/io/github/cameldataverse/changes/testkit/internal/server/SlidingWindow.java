package io.github.cameldataverse.changes.testkit.internal.server;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What was used of a limit in a sliding window, entry by entry. Not thread-safe. */
final class SlidingWindow {
    private final Deque<Entry> entries = new ArrayDeque<>();
    private long sum;
    private @Nullable Object limit;

    private record Entry(Instant at, long amount) {}

    /** Begins with nothing used if this is another limit than that of the last time, be it one of the same size. */
    SlidingWindow of(Object given) {
        if (limit != given) {
            limit = given;
            entries.clear();
            sum = 0;
        }
        return this;
    }

    void add(Instant at, long amount) {
        entries.addLast(new Entry(at, amount));
        sum += amount;
    }

    /** How much was used in the window that ends now; what is older is forgotten. */
    long within(Duration window, Instant now) {
        while (!entries.isEmpty() && !entries.peekFirst().at().isAfter(now.minus(window))) {
            sum -= entries.removeFirst().amount();
        }
        return sum;
    }

    /** How long until less than the most is in the window, if nothing is added. */
    Duration untilBelow(long most, Duration window, Instant now) {
        long left = within(window, now);
        for (Entry entry : entries) {
            left -= entry.amount();
            if (left < most) {
                return Duration.between(now, entry.at().plus(window));
            }
        }
        return window;
    }
}
