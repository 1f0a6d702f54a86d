package io.github.cameldataverse.changes.internal.round;

import io.github.cameldataverse.changes.internal.checkpoint.CheckpointKeeper;
import io.github.cameldataverse.changes.internal.checkpoint.KnownRecords;
import io.github.cameldataverse.changes.internal.delivery.ChangeExchange;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.StoredToken;
import java.util.Set;

/**
 * A page that the consumer commits: it notes each exchange that came back, and moves the checkpoint at the end.
 *
 * @param next the checkpoint behind the page
 * @param gone records of which the last change in the page is a delete
 */
record AutoCommit(CheckpointKeeper checkpoints, KnownRecords known, Checkpoint here, Checkpoint next, Set<String> gone)
        implements PageCommit {

    @Override
    public void accepted(ChangeExchange change) {
        checkpoints.delivered(here, change.delivered());
        change.forgotten().forEach(known::forget);
    }

    @Override
    public void skipped(ChangeExchange change) {
        accepted(change);
    }

    @Override
    public StoredToken moved() {
        return checkpoints.move(here, next, gone);
    }
}
