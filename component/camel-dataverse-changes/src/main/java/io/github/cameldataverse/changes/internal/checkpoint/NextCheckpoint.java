package io.github.cameldataverse.changes.internal.checkpoint;

import io.github.cameldataverse.changes.change.Page;
import io.github.cameldataverse.changes.token.Checkpoint;
import java.time.Clock;
import java.time.Instant;

/** Works out the checkpoint behind a page. Writes nothing. */
final class NextCheckpoint {

    private final Clock clock;
    private long round;
    private Instant begun = Instant.MIN;

    NextCheckpoint(Clock clock) {
        this.clock = clock;
    }

    /**
     * A page is about to be asked for. What the round ends with tells of changes since the round began, not since it
     * ended: the service fixes that moment at its first page.
     */
    void asks(Checkpoint here) {
        if (here.atRoundStart()) {
            round = here.round();
            begun = clock.instant();
        }
    }

    /** The checkpoint behind a page; the same one, if the page says that nothing has changed. */
    Checkpoint behind(Checkpoint from, Page.Next next, int rows) {
        if (next instanceof Page.MorePages more) {
            return from.nextPage(more.link(), rows);
        }
        if (next instanceof Page.RoundEnd end) {
            return from.nextRound(end.deltaLink(), beginOf(from));
        }
        return from;
    }

    /** If another process has begun the round, or an earlier poll of another checkpoint, nobody knows better. */
    private Instant beginOf(Checkpoint from) {
        return round == from.round() ? begun : from.obtained();
    }
}
