package io.github.cameldataverse.changes.internal.status;

import io.github.cameldataverse.changes.internal.http.budget.RequestBudget;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a reader is, as its health check says it.
 *
 * @param word one word for it
 * @param health whether it does what it is there for
 * @param sentence what is wrong and what to do; empty if nothing is
 * @param httpStatus status of the answer that is the reason; 0 if there is none
 * @param since when it became so
 * @param until before this moment nothing is asked; null if the next poll may ask
 */
public record ReaderStatus(
        Word word, Health health, String sentence, int httpStatus, Instant since, @Nullable Instant until) {

    /** What a health check says of a reader. */
    public enum Health {
        UP,
        DOWN
    }

    public enum Word {
        /** No page has come in yet. */
        STARTING(Health.DOWN),
        UP(Health.UP),
        /** The service asked to wait, or a turn is waited for; that is no fault. */
        THROTTLED(Health.UP),
        /** Another reader is at work on the subscription. */
        STANDBY(Health.UP),
        FAULTED(Health.DOWN),
        /** The route does not accept a change, or does not commit one. */
        POISONED(Health.DOWN),
        /** The route has had an exchange for too long. */
        INFLIGHT(Health.DOWN),
        /** The service no longer knows the token. */
        EXPIRED(Health.DOWN),
        /** The token repository cannot be used. */
        STORE_LOST(Health.DOWN);

        private final Health usual;

        Word(Health usual) {
            this.usual = usual;
        }
    }

    public static final ReaderStatus STARTING =
            new ReaderStatus(Word.STARTING, "No page has come in yet", 0, Instant.EPOCH, null);
    public static final ReaderStatus UP = new ReaderStatus(Word.UP, "", 0, Instant.EPOCH, null);

    /** With the health that usually goes with the word. */
    public ReaderStatus(Word word, String sentence, int httpStatus, Instant since, @Nullable Instant until) {
        this(word, word.usual, sentence, httpStatus, since, until);
    }

    public boolean isHealthy() {
        return health == Health.UP;
    }

    /** The current request waits for its turn. */
    public static ReaderStatus waiting(RequestBudget.Wait wait) {
        return new ReaderStatus(Word.THROTTLED, wait.sentence(), 0, wait.since(), null);
    }

    /** The same, but nothing has come of the waits. */
    ReaderStatus standingStill(Instant lastProgress, int waits) {
        String more = "No change was accepted and no page finished since " + lastProgress + ", though " + waits
                + " waits that the service asked for are over. Ask for less at a time: fewer readers, a longer delay, or"
                + " another application user for what else uses this one. ";
        return new ReaderStatus(word, Health.DOWN, more + sentence, httpStatus, since, until);
    }

    /** Whether nothing is known that would be worse than to wait. */
    public boolean yieldsToAWait() {
        return switch (word) {
            case STARTING, UP, THROTTLED, STANDBY -> true;
            default -> false;
        };
    }

    /** Whether the service may be asked now. A clock that was set back ends the wait, or it would last for hours. */
    public boolean mayAsk(Instant now) {
        return until == null || !now.isBefore(until) || now.isBefore(since);
    }
}
