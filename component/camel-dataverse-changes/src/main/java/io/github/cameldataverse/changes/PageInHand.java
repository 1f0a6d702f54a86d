package io.github.cameldataverse.changes;

import io.github.cameldataverse.changes.delivery.Ledger;
import io.github.cameldataverse.changes.token.StoredToken;

/** A page between its arrival and the moment at which the checkpoint stands behind it. */
interface PageInHand extends Ledger {

    /** Every change of the page was accepted or passed over: goes on behind it. Returns where the reader stands now. */
    StoredToken done();
}
