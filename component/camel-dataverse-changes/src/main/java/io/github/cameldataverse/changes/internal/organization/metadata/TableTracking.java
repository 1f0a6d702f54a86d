package io.github.cameldataverse.changes.internal.organization.metadata;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the changes of a table are tracked.
 *
 * @param logicalName for example {@code account}
 * @param schemaName for example {@code Account}; null if the source does not tell
 * @param entitySet the name in addresses, for example {@code accounts}
 * @param custom whether it is a customer's own table; null if the source does not tell
 * @param state whether it is tracked
 * @param alternateKeys the columns of each alternate key that rows can be addressed by; empty if the source does not tell
 */
public record TableTracking(
        String logicalName,
        @Nullable String schemaName,
        String entitySet,
        @Nullable Boolean custom,
        State state,
        Optional<Map<String, List<String>>> alternateKeys) {

    /** Whether a table is tracked, or could be. */
    public enum State {
        /** It is. */
        TRACKED,
        /** It is not, and can be. */
        ELIGIBLE,
        /** It is not, and cannot be. */
        NOT_ELIGIBLE,
        /** It is not; the source does not tell whether it can be. */
        NOT_TRACKED
    }

    /** Whether its changes are tracked now. */
    public boolean isTracked() {
        return state == State.TRACKED;
    }
}
