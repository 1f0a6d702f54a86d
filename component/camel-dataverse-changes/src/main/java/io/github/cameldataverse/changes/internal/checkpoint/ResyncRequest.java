package io.github.cameldataverse.changes.internal.checkpoint;

import static io.github.cameldataverse.changes.internal.ReaderLog.LOG;

import io.github.cameldataverse.changes.internal.checkpoint.CheckpointKeeper.Loss;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.TokenConflictException;
import io.github.cameldataverse.changes.token.TokenUnreadableException;
import java.util.Optional;

/** Asks for a resync, whatever is stored, because an operator says so. */
public final class ResyncRequest {

    private static final int ATTEMPTS = 10;

    private final CheckpointKeeper checkpoints;
    private final String subscription;

    public ResyncRequest(CheckpointKeeper checkpoints, String subscription) {
        this.checkpoints = checkpoints;
        this.subscription = subscription;
    }

    /**
     * A reader at work moves the token under the hand of the operator, who means it wherever it stands.
     *
     * @throws TokenConflictException if it was moved each time
     * @throws TokenUnusableException if the repository does not keep the id of the organization, or the address was left and the
     *     organization cannot be asked who it is
     */
    public void ask() throws TokenUnusableException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            if (isAsked(attempt)) {
                return;
            }
        }
        throw new TokenConflictException("No reload of " + subscription + " was asked for: readers moved its token "
                + ATTEMPTS + " times in the meantime. Ask again, or stop them for it");
    }

    private boolean isAsked(int attempt) throws TokenUnusableException {
        try {
            checkpoints.moveToTheId();
            ask(checkpoints.peek());
            return true;
        } catch (TokenUnreadableException e) {
            // A good reason for a resync, and no reason to refuse one.
            checkpoints.resyncAfter(Loss.UNREADABLE);
            return false;
        } catch (TokenConflictException e) {
            LOG.debug("Reload of {}, attempt {}: {}", subscription, attempt, e.getMessage());
            return checkpoints.isResyncDue(); // another operator may have asked for one
        }
    }

    private void ask(Optional<StoredToken> stored) throws TokenUnusableException {
        if (stored.isPresent()) {
            checkpoints.resync(stored.get().checkpoint());
        } else {
            checkpoints.resyncAfter(Loss.NOTHING_STORED);
        }
    }
}
