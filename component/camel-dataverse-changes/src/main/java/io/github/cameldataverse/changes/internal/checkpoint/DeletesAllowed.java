package io.github.cameldataverse.changes.internal.checkpoint;

import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.SubscriptionKey;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * That an operator has looked at a full load that waits, and wants its end. Plain keys in the token repository name the round
 * and why it waits, so that they outlive the process, and hold for this one load and for what was to be seen: the next load asks
 * again, and so does this one if it waits for another reason. Safe for several threads.
 */
public final class DeletesAllowed {

    /** Why a load waits. */
    enum Reason {
        /** It brought no row. */
        NO_ROW,
        /** It would delete much of what is known. */
        DELETES
    }

    private final DeltaTokenRepository repository;
    private final SubscriptionId id;
    /** The round that was looked for. Nothing is looked for without need: the keys may be damaged, and the token not. */
    private volatile OptionalLong asked = OptionalLong.empty();

    public DeletesAllowed(DeltaTokenRepository repository, SubscriptionId id) {
        this.repository = repository;
        this.id = id;
    }

    /** @throws IllegalArgumentException with a sentence, if no full load of this round is waiting */
    public void allow(long round) {
        Optional<Checkpoint> stored = repository.load(id).map(StoredToken::checkpoint);
        if (stored.filter(here -> here.isFullLoad() && here.round() == round).isEmpty()) {
            throw new IllegalArgumentException("Nothing was allowed: the round " + round + " is no full load of " + id
                    + " that is under way; " + under(stored)
                    + ". The health check of the reader names the round that waits");
        }
        boolean waits = false;
        for (Reason reason : Reason.values()) {
            if (repository.contains(key("wait", round, reason))) {
                waits = true;
                boolean unused = repository.add(key("allowed", round, reason));
            }
        }
        if (!waits) {
            throw new IllegalArgumentException("Nothing was allowed: the full load of " + id + ", round " + round
                    + ", waits for nobody. If it will, the health check of the reader says so");
        }
    }

    private static String under(Optional<Checkpoint> stored) {
        return stored.map(here -> here.isFullLoad()
                        ? "the one under way is round " + here.round()
                        : "none is under way, it reads the changes of round " + here.round())
                .orElse("nothing is stored of it");
    }

    /** Whether it is allowed. If not, it waits from now on, and an operator may allow it. */
    boolean asked(long round, Reason reason) {
        asked = OptionalLong.of(round);
        if (repository.contains(key("allowed", round, reason))) {
            return true;
        }
        boolean unused = repository.add(key("wait", round, reason));
        return false;
    }

    /** The load is over. */
    void usedUp(long round) {
        if (asked.equals(OptionalLong.of(round))) {
            for (Reason reason : Reason.values()) {
                boolean unused = repository.remove(key("wait", round, reason));
                unused = repository.remove(key("allowed", round, reason));
            }
            asked = OptionalLong.empty();
        }
    }

    /** Short enough for the column of any repository. */
    private String key(String word, long round, Reason reason) {
        return "dataverse-changes-deletes-" + word + "!" + SubscriptionKey.of(id) + "!" + round + "!" + reason;
    }
}
