package io.github.cameldataverse.changes.internal.http.budget;

import io.github.cameldataverse.changes.internal.http.answer.Answer;
import java.time.Duration;
import java.time.Instant;

/** How many requests the service takes at once, learned from its answers. Not thread-safe. */
final class AdaptiveConcurrency {

    /** The service counts in whole seconds. */
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    private final ConcurrencyWindow window;
    private final RemainingQuota remaining = new RemainingQuota();
    private Hold hold = Hold.NONE;

    /** @param most requests under way at once, whatever the service would take */
    AdaptiveConcurrency(int most) {
        this.window = new ConcurrencyWindow(most);
    }

    /** How many requests may be under way; 0 in a time in which nothing is asked. */
    int allows(Instant now) {
        return hold.isOver(now) ? remaining.of(window.now()) : 0;
    }

    /** The time in which nothing is asked; it may be over. */
    Hold hold() {
        return hold;
    }

    /** Any answer: it may say what is left. */
    void answered(Answer answer) {
        remaining.read(answer);
    }

    /** A good answer. One to a request from before a refusal says nothing about what the service takes after it. */
    void accepted(Instant now) {
        if (hold.isOver(now)) {
            window.accepted();
            if (remaining.isNothing()) {
                hold = hold.orUntil(now, now.plus(A_MOMENT));
            }
        }
    }

    /** The service refused a request. All those of one moment are refused for one reason. */
    void refused(Instant now, Instant until) {
        if (hold.isOver(now)) {
            window.refused();
        }
        hold = hold.orUntil(now, until);
    }

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
}
