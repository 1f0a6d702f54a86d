package io.github.cameldataverse.changes.internal.http.budget;

/**
 * How many requests may be under way at once. What the service takes is not known, and other users of the application
 * take their part of it; so it is tried, as TCP tries the capacity of a line: after a refusal it begins anew with one,
 * doubles up to half of what was refused, and grows by one for each full window of good answers from there. Not
 * thread-safe.
 */
final class ConcurrencyWindow {

    private final int most;
    private int now;
    private int threshold;
    private int good;

    /** Begins with the most. */
    ConcurrencyWindow(int most) {
        this.most = most;
        this.now = most;
        this.threshold = most;
    }

    int now() {
        return now;
    }

    void accepted() {
        if (now < most && (now < threshold || ++good >= now)) {
            good = 0;
            now++;
        }
    }

    void refused() {
        threshold = Math.max(1, now / 2);
        now = 1;
        good = 0;
    }
}
