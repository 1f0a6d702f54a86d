package io.github.cameldataverse.changes.token;

/**
 * The rule of an advance, and the sentences of its refusals, the same in every repository.
 *
 * <p>A repository compares and moves in one step that nothing can come between: under a lock, in a transaction, or by a
 * conditional write of the store ({@code WHERE revision = ?}, {@code SET … IF}). These methods compare and make exceptions; they
 * lock nothing, hold nothing, and may be called by any thread.
 *
 * <pre>
 *   synchronized void advance(SubscriptionId subscription, long expected, Checkpoint next, Map<String, String> delivered) {
 *       long stored = …;                       // RevisionCheck.NOTHING if no checkpoint is stored
 *       RevisionCheck.check(subscription, expected, stored, next);
 *       …                                      // store next, put these notes in the place of those that are there
 *   }
 * </pre>
 */
public final class RevisionCheck {

    /** The revision of a subscription of which nothing is stored. */
    public static final long NOTHING = 0;

    private RevisionCheck() {}

    /**
     * The check before an {@link DeltaTokenRepository#advance advance}.
     *
     * @param expected revision that the caller expects to be stored; {@link #NOTHING} for none
     * @param stored revision that is stored; {@link #NOTHING} for none
     * @param next checkpoint that is to be stored
     * @throws IllegalArgumentException if {@code next} has no higher revision than {@code expected}
     * @throws TokenConflictException if another revision is stored than expected
     */
    public static void check(SubscriptionId subscription, long expected, long stored, Checkpoint next) {
        if (next.revision() <= expected) {
            throw new IllegalArgumentException("The checkpoint that follows revision " + expected + " of "
                    + subscription + " must have a higher revision, not " + next.revision() + ".");
        }
        check(subscription, expected, stored);
    }

    /**
     * The check before a change is noted as {@link DeltaTokenRepository#delivered delivered}, for which a checkpoint must
     * be stored ({@link #nothingStored}).
     *
     * @throws TokenConflictException if another revision is stored than expected
     */
    public static void check(SubscriptionId subscription, long expected, long stored) {
        if (stored != expected) {
            throw conflict(subscription, expected, stored);
        }
    }

    /** The refusal of a repository whose store compares by itself, when the stored revision is known. */
    public static TokenConflictException conflict(SubscriptionId subscription, long expected, long stored) {
        return conflict(subscription, expected, name(stored));
    }

    /**
     * The refusal of a repository whose store compares by itself, when the stored revision is not known.
     *
     * @param stored what is known of it, in words: {@code a later revision}
     */
    public static TokenConflictException conflict(SubscriptionId subscription, long expected, String stored) {
        return new TokenConflictException("The token of " + subscription + " stands at " + stored + ", not at "
                + name(expected) + ": another reader moved it. It is left as it is; run one reader of a subscription,"
                + " or give the second one a name of its own.");
    }

    /** The refusal of a note that is there already, in a transaction of the caller. */
    public static TokenConflictException deliveredByAnother(SubscriptionId subscription, String recordId) {
        return new TokenConflictException("The change of " + recordId + " in " + subscription
                + " is noted already: another reader delivered it in the meantime. Run one reader of a subscription, or give"
                + " the second one a name of its own.");
    }

    /** The refusal of a note before the first checkpoint is stored. */
    public static IllegalStateException nothingStored(SubscriptionId subscription) {
        return new IllegalStateException("No checkpoint of " + subscription
                + " is stored: store its first one before noting what was delivered.");
    }

    private static String name(long revision) {
        return revision == NOTHING ? "no revision" : "revision " + revision;
    }
}
