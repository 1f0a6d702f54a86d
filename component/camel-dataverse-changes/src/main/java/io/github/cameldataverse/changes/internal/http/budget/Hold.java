package io.github.cameldataverse.changes.internal.http.budget;

import java.time.Duration;
import java.time.Instant;

/**
 * A time in which nothing is asked.
 *
 * @param since when it began
 * @param until when it ends
 */
record Hold(Instant since, Instant until) {

    static final Hold NONE = new Hold(Instant.EPOCH, Instant.EPOCH);

    /** How long it lasts from now. A clock that was set back ends it, or it would last for hours. */
    Duration left(Instant now) {
        return now.isBefore(since) || !now.isBefore(until) ? Duration.ZERO : Duration.between(now, until);
    }

    boolean isOver(Instant now) {
        return left(now).isZero();
    }

    /** The longer one of this and another that begins now. */
    Hold orUntil(Instant now, Instant other) {
        return isOver(now) || other.isAfter(until) ? new Hold(now, other) : this;
    }
}
