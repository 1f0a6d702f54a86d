package io.github.cameldataverse.changes.internal.http.budget;

import io.github.cameldataverse.changes.internal.http.answer.Answer;
import java.time.Duration;
import java.time.Instant;

/** How many requests the service bears at the moment, learned from its answers. Not thread-safe. */
final class AdaptiveConcurrency {

    /** The service counts in whole seconds. */
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    private final ConcurrencyWindow width;
    private final RemainingQuota remaining = new RemainingQuota();
    private Hold hold = Hold.NONE;

    /** @param most requests under way at once, whatever the service bears */
    AdaptiveConcurrency(int most) {
        this.width = new ConcurrencyWindow(most);
    }

    /** How many requests may be under way; 0 in a time in which nothing is asked. */
    int allows(Instant now) {
        return hold.isOver(now) ? remaining.of(width.now()) : 0;
    }

    /** The time in which nothing is asked; it may be over. */
    Hold hold() {
        return hold;
    }

    /** Any answer: it may say what is left. */
    void answered(Answer answer) {
        remaining.read(answer);
    }

    /** A good answer. One to a request from before the refusal says nothing about what is borne after it. */
    void accepted(Instant now) {
        if (hold.isOver(now)) {
            width.accepted();
            if (remaining.isNothing()) {
                hold = hold.orUntil(now, now.plus(A_MOMENT));
            }
        }
    }

    /** The service refused a request. All those of one moment are refused for one reason. */
    void refused(Instant now, Instant until) {
        if (hold.isOver(now)) {
            width.refused();
        }
        hold = hold.orUntil(now, until);
    }
}
