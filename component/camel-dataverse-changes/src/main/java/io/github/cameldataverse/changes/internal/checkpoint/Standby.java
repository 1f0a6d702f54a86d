package io.github.cameldataverse.changes.internal.checkpoint;

import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.SubscriptionId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Meets a checkpoint in the hands of another reader, which may be at work or be gone. Two that take it from each other at
 * every poll would never come to the end of a page, so each waits twice as many polls as before to see whether it stands
 * still, but never longer than a quarter of an hour. For one thread at a time.
 */
final class Standby {

    private static final int MOST_POLLS = 1 << 6;
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final SubscriptionId id;
    private final Clock clock;
    private Optional<StoredToken> met = Optional.empty();
    private Instant since = Instant.MIN;
    private int polls;
    private int wait = 1;

    Standby(SubscriptionId id, Clock clock) {
        this.id = id;
        this.clock = clock;
    }

    /** @throws StandByException if it is to be left alone for this poll */
    void requireStandstill(StoredToken token) {
        if (met.filter(token::equals).isEmpty()) {
            met = Optional.of(token);
            since = clock.instant();
            polls = 0;
        }
        polls++;
        if (polls < wait && Duration.between(since, clock.instant()).compareTo(LONGEST) < 0) {
            throw new StandByException(id);
        }
        wait = Math.min(MOST_POLLS, wait * 2);
    }

    /** This process has come on since. */
    void over() {
        wait = 1;
    }
}
