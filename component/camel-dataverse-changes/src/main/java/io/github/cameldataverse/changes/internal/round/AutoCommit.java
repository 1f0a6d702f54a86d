package io.github.cameldataverse.changes.internal.round;

import io.github.cameldataverse.changes.change.Page;
import io.github.cameldataverse.changes.internal.checkpoint.CheckpointKeeper;
import io.github.cameldataverse.changes.internal.delivery.ChangeExchange;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.StoredToken;
import java.util.Set;

/** A page that the consumer keeps account of: it notes each exchange that came back, and moves the checkpoint at the end. */
final class AutoCommit implements PageCommit {

    private final CheckpointKeeper checkpoints;
    private final Checkpoint here;
    private final Page page;
    private final Set<String> gone;

    /** @param gone records of which the last change in the page is a delete */
    AutoCommit(CheckpointKeeper checkpoints, Checkpoint here, Page page, Set<String> gone) {
        this.checkpoints = checkpoints;
        this.here = here;
        this.page = page;
        this.gone = gone;
    }

    @Override
    public void accepted(ChangeExchange parcel) {
        checkpoints.delivered(here, parcel.marks());
        parcel.forgotten().forEach(checkpoints.known()::forget);
    }

    @Override
    public void skipped(ChangeExchange parcel) {
        accepted(parcel);
    }

    @Override
    public StoredToken done() {
        return checkpoints.advance(here, page.next(), page.changes().size(), gone);
    }
}
