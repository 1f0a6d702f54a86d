package io.github.cameldataverse.changes.internal.checkpoint;

import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.TokenConflictException;

/** Another reader is at work on the subscription, and this one looks again at its next poll. */
public final class StandByException extends TokenConflictException {

    private static final long serialVersionUID = 1L;

    StandByException(SubscriptionId id) {
        super("Another reader is at work on " + id + "; this one takes over when that stands still. Run one reader of a"
                + " subscription, or give the second one another name in its option subscription");
    }
}
