package io.github.cameldataverse.changes.internal.round;

import io.github.cameldataverse.changes.internal.delivery.DeliveryListener;
import io.github.cameldataverse.changes.internal.delivery.NotCommittedException;
import io.github.cameldataverse.changes.token.StoredToken;

/** A page between its arrival and the moment at which the checkpoint stands behind it. */
interface PageCommit extends DeliveryListener {

    /**
     * Makes sure that what the route has accepted of the page is stored, before something is delivered that says so.
     *
     * @throws NotCommittedException if it is not
     */
    void requireStored();

    /**
     * Every change of the page was accepted or passed over: moves the checkpoint behind it, or finds that the route did.
     * Returns where the reader stands now.
     */
    StoredToken moved();
}
