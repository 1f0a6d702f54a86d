package io.github.cameldataverse.changes.internal.checkpoint;

import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.SubscriptionKey;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * That an operator has looked at a full load and wants the deletes at its end. It is a plain key in the token repository that
 * names the round, so that it outlives the process and holds for this one load: the next one asks again. Safe for several
 * threads.
 */
public final class DeletesAllowed {

    private final DeltaTokenRepository repository;
    private final SubscriptionId id;
    /** The round for which the key was found. Nothing is looked for without need: the keys may be damaged, and the token not. */
    private volatile OptionalLong found = OptionalLong.empty();

    public DeletesAllowed(DeltaTokenRepository repository, SubscriptionId id) {
        this.repository = repository;
        this.id = id;
    }

    /** @throws IllegalArgumentException with a sentence, if no full load of this round is under way */
    public void allow(long round) {
        Optional<Checkpoint> stored = repository.load(id).map(StoredToken::checkpoint);
        if (stored.filter(here -> here.isFullLoad() && here.round() == round).isEmpty()) {
            throw new IllegalArgumentException("Nothing was allowed: the round " + round + " is no full load of " + id
                    + " that is under way; " + under(stored)
                    + ". The health check of the reader names the round that waits");
        }
        boolean unused = repository.add(key(round));
    }

    private static String under(Optional<Checkpoint> stored) {
        return stored.map(here -> here.isFullLoad()
                        ? "the one under way is round " + here.round()
                        : "none is under way, it reads the changes of round " + here.round())
                .orElse("nothing is stored of it");
    }

    boolean in(long round) {
        boolean is = repository.contains(key(round));
        found = is ? OptionalLong.of(round) : OptionalLong.empty();
        return is;
    }

    /** The load is over. */
    void usedUp(long round) {
        if (found.equals(OptionalLong.of(round))) {
            boolean unused = repository.remove(key(round));
            found = OptionalLong.empty();
        }
    }

    /** Short enough for the column of any repository. */
    private String key(long round) {
        return "dataverse-changes-deletes-allowed!" + SubscriptionKey.of(id) + "!" + round;
    }
}
