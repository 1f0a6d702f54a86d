package io.github.cameldataverse.changes.internal.checkpoint;

import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.SubscriptionId;

/** Decides how a reader goes on from what is stored. Writes nothing. */
final class Resumption {

    private final DeltaTokenRepository repository;
    private final SubscriptionId id;
    private final String fingerprint;

    /** How to go on. */
    enum Way {
        /** From where it stands. */
        GO_ON,
        /** With a full reload. */
        READ_ANEW,
        /** As it stands, but asking with other options than those that are stored. */
        ASK_ANEW
    }

    /** @param fingerprint of what the reader asks */
    Resumption(DeltaTokenRepository repository, SubscriptionId id, String fingerprint) {
        this.repository = repository;
        this.id = id;
        this.fingerprint = fingerprint;
    }

    /**
     * @param isStart whether the reader has not read yet
     * @throws TokenUnusableException if the token was obtained with other options
     */
    Way of(StoredToken token, boolean isStart) throws TokenUnusableException {
        if (isStart && isForgotten(token)) {
            return Way.READ_ANEW;
        }
        if (token.checkpoint().fingerprint().equals(fingerprint)) {
            return Way.GO_ON;
        }
        if (hasNotBegun(token)) {
            return Way.ASK_ANEW;
        }
        throw otherQuery(token.checkpoint());
    }

    /** What a load has delivered before a restart may be gone since, and neither a note nor a tombstone would tell. */
    private boolean isForgotten(StoredToken token) {
        return !repository.resumesInsideRounds() && token.checkpoint().isFullLoad() && token.isUntouched();
    }

    /** A full load without a link and without a row: nothing was obtained yet, so it may be asked with anything. */
    private static boolean hasNotBegun(StoredToken token) {
        return token.checkpoint().roundLink() == null && token.isUntouched();
    }

    private TokenUnusableException otherQuery(Checkpoint stored) {
        return new TokenUnusableException("The delta token of " + id + " was obtained with " + stored.fingerprint()
                + ", and the endpoint now asks with " + fingerprint
                + ". Give it the old options back, or ask for a full reload with the producer operation resync");
    }
}
