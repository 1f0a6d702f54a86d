package io.github.cameldataverse.changes.internal.status;

import io.github.cameldataverse.changes.internal.http.budget.RequestBudget;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a reader is, as its health check says it.
 *
 * @param word one word for it
 * @param sentence what is wrong and what to do; empty if nothing is
 * @param httpStatus status of the answer that is the reason; 0 if there is none
 * @param since when it became so
 * @param until before this moment nothing is asked; null if the next poll may ask
 */
public record ReaderStatus(Word word, String sentence, int httpStatus, Instant since, @Nullable Instant until) {

    public enum Word {
        /** No page has come in yet. */
        STARTING(false),
        UP(true),
        /** The service asked to wait, or a turn is waited for; that is no fault. */
        THROTTLED(true),
        FAULTED(false),
        /** The route does not accept a change, or does not commit one. */
        POISONED(false),
        /** The route has had an exchange for too long. */
        INFLIGHT(false),
        /** The service no longer knows the token. */
        EXPIRED(false),
        /** The token repository cannot be used. */
        STORE_LOST(false);

        private final boolean healthy;

        Word(boolean healthy) {
            this.healthy = healthy;
        }
    }

    public static final ReaderStatus STARTING =
            new ReaderStatus(Word.STARTING, "No page has come in yet", 0, Instant.EPOCH, null);
    public static final ReaderStatus UP = new ReaderStatus(Word.UP, "", 0, Instant.EPOCH, null);

    public boolean isHealthy() {
        return word.healthy;
    }

    /** The current request waits for its turn. */
    public static ReaderStatus waiting(RequestBudget.Wait wait) {
        return new ReaderStatus(Word.THROTTLED, wait.sentence(), 0, wait.since(), null);
    }

    /** Whether nothing is known that would be worse than to wait. */
    public boolean yieldsToAWait() {
        return word == Word.STARTING || word == Word.UP || word == Word.THROTTLED;
    }

    /** Whether the service may be asked now. A clock that was set back ends the wait, or it would last for hours. */
    public boolean mayAsk(Instant now) {
        return until == null || !now.isBefore(until) || now.isBefore(since);
    }
}
