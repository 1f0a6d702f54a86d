package io.github.cameldataverse.changes.internal.checkpoint;

import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.Phase;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.SubscriptionId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Meets a checkpoint in the hands of another reader, which may be at work or be gone. Two that take it from each other at
 * every poll would never come to the end of what is lasting, so each waits twice as many polls as before to see whether it
 * stands still, up to a limit. A resync that an operator has begun is nobody's yet. For one thread at a time.
 */
final class Standby {

    private final SubscriptionId id;
    private final Lasting lasting;
    private final Clock clock;
    private Optional<StoredToken> met = Optional.empty();
    private Instant since = Instant.MIN;
    private long resync;
    private int polls;
    private int wait = 1;

    /** What a take-over does not undo, and how long one waits for it to be stored at most. */
    enum Lasting {
        /** The repository has each page, and each exchange of it. */
        PAGES(1 << 6, Duration.ofMinutes(15)),
        /** The repository is told of the end of a round only, and stands still until then, though a reader is at work. */
        ROUNDS(1 << 16, Duration.ofHours(6));

        private final int mostPolls;
        private final Duration longest;

        Lasting(int mostPolls, Duration longest) {
            this.mostPolls = mostPolls;
            this.longest = longest;
        }
    }

    Standby(SubscriptionId id, Lasting lasting, Clock clock) {
        this.id = id;
        this.lasting = lasting;
        this.clock = clock;
    }

    /** @throws StandByException if it is to be left alone for this poll */
    void requireStandstill(StoredToken token) {
        if (isNewResync(token)) {
            resync = token.checkpoint().round();
            return;
        }
        if (met.filter(token::equals).isEmpty()) {
            met = Optional.of(token);
            since = clock.instant();
            polls = 0;
        }
        polls++;
        if (polls < wait && Duration.between(since, clock.instant()).compareTo(lasting.longest) < 0) {
            throw new StandByException(id);
        }
        wait = Math.min(lasting.mostPolls, wait * 2);
    }

    /** The first reader that sees it takes it; seen for the second time, it is another reader's. */
    private boolean isNewResync(StoredToken token) {
        Checkpoint here = token.checkpoint();
        return here.phase() == Phase.RESYNC && here.beginsFullLoad() && token.isUntouched() && here.round() > resync;
    }

    /** This process has stored a checkpoint behind a page. */
    void cameTo(Checkpoint here) {
        if (lasting == Lasting.PAGES || here.atRoundStart()) {
            over();
        }
    }

    /** This process has come on since. */
    void over() {
        wait = 1;
    }
}
