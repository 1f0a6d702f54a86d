package io.github.cameldataverse.changes.internal.round;

import io.github.cameldataverse.changes.internal.checkpoint.CheckpointKeeper;
import io.github.cameldataverse.changes.internal.checkpoint.PageMove;
import io.github.cameldataverse.changes.internal.delivery.ChangeExchange;
import io.github.cameldataverse.changes.token.StoredToken;

/** A page that the consumer commits: it notes each exchange that came back, and moves the checkpoint at the end. */
record AutoCommit(CheckpointKeeper checkpoints, PageMove page) implements PageCommit {

    @Override
    public void accepted(ChangeExchange change) {
        checkpoints.accepted(page.from(), change.delivered(), change.forgotten());
    }

    @Override
    public void skipped(ChangeExchange change) {
        accepted(change);
    }

    /** Each note was written when its exchange came back, or the page would have ended there. */
    @Override
    public void requireStored() {}

    @Override
    public StoredToken moved() {
        return checkpoints.move(page);
    }
}
