package io.github.cameldataverse.changes.internal.source;

import java.time.Duration;

/**
 * What a source of changes accepts from the service.
 *
 * @param maxRowBytes longest row
 * @param maxPageBytes longest sum of the rows of a page
 * @param maxRetryAfter longest wait that a Retry-After is believed
 */
public record PageLimits(int maxRowBytes, int maxPageBytes, Duration maxRetryAfter) {

    /** Most changes of a page. The service gives 5,000 at most, and a reader holds an object for each. */
    public static final int MOST_CHANGES = 50_000;

    private static final int LONGEST_LINK = 64 * 1024;

    /** Longest text, in characters, of a row or a link that is written anew: it is held some five times on the way. */
    public int maxTextLength() {
        return Math.max(Math.min(maxRowBytes, maxPageBytes / 4), LONGEST_LINK);
    }
}
