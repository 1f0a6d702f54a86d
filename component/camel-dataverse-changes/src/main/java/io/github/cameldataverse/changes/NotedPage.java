package io.github.cameldataverse.changes;

import io.github.cameldataverse.changes.change.Page;
import io.github.cameldataverse.changes.delivery.Parcel;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.StoredToken;

/** A page that the consumer keeps account of: it notes each exchange that came back, and moves the checkpoint at the end. */
final class NotedPage implements PageInHand {

    private final CheckpointKeeper checkpoints;
    private final Checkpoint here;
    private final Page page;

    NotedPage(CheckpointKeeper checkpoints, Checkpoint here, Page page) {
        this.checkpoints = checkpoints;
        this.here = here;
        this.page = page;
    }

    @Override
    public void accepted(Parcel parcel) {
        checkpoints.delivered(here, parcel.marks());
    }

    @Override
    public void skipped(Parcel parcel) {
        accepted(parcel);
    }

    @Override
    public StoredToken done() {
        return checkpoints.advance(here, page.next(), page.changes().size());
    }
}
