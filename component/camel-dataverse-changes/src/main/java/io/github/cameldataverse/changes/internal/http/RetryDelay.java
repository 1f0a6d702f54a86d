package io.github.cameldataverse.changes.internal.http;

import java.time.Duration;

/** How long to wait before a transient fault is tried again. */
final class RetryDelay {

    private static final long FIRST_MILLIS = 500;
    private static final long LONGEST_MILLIS = 8_000;

    private RetryDelay() {}

    /**
     * Doubles with every attempt, up to 8 s, and takes between half and the whole of it.
     *
     * @param attempt 0 for the first retry
     * @param random between 0 and 1; several readers must not come back at the same moment
     */
    static Duration of(int attempt, double random) {
        long whole = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(attempt, 10));
        return Duration.ofMillis((long) (whole * (0.5 + random / 2)));
    }
}
