package io.github.cameldataverse.changes.token;

import java.util.Map;

/**
 * What a repository holds of one subscription.
 *
 * @param checkpoint where the next request starts
 * @param delivered of the current page: record id to what was last delivered of it (its version, or a word for a
 *     delete); empty right after an advance
 */
public record StoredToken(Checkpoint checkpoint, Map<String, String> delivered) {

    public StoredToken {
        delivered = Map.copyOf(delivered);
    }

    /** Whether nothing of the round was taken up: it stands at its first page, and nothing of that is delivered. */
    public boolean isUntouched() {
        return checkpoint.atRoundStart() && delivered.isEmpty();
    }
}
