package io.github.cameldataverse.changes.token;

/** The rule of an advance, the same in every repository. */
public final class RevisionCheck {

    /** The revision of a subscription of which nothing is stored. */
    public static final long NOTHING = 0;

    private RevisionCheck() {}

    /** Throws unless the stored revision is the expected one and the next revision is higher. */
    public static void check(SubscriptionId subscription, long expected, long stored, Checkpoint next) {
        if (next.revision() <= expected) {
            throw new IllegalArgumentException("The checkpoint that follows revision " + expected + " of "
                    + subscription + " must have a higher revision, not " + next.revision() + ".");
        }
        check(subscription, expected, stored);
    }

    /** Throws unless the stored revision is the expected one. */
    public static void check(SubscriptionId subscription, long expected, long stored) {
        if (stored != expected) {
            throw conflict(subscription, expected, stored);
        }
    }

    public static TokenConflictException conflict(SubscriptionId subscription, long expected, long stored) {
        return conflict(subscription, expected, name(stored));
    }

    public static TokenConflictException conflict(SubscriptionId subscription, long expected, String stored) {
        return new TokenConflictException("The token of " + subscription + " stands at " + stored + ", not at "
                + name(expected) + ": another reader moved it. It is left as it is; run one reader of a subscription,"
                + " or give the second one a name of its own.");
    }

    public static TokenConflictException deliveredByAnother(SubscriptionId subscription, String recordId) {
        return new TokenConflictException("The change of " + recordId + " in " + subscription
                + " is noted already: another reader delivered it in the meantime. Run one reader of a subscription, or give"
                + " the second one a name of its own.");
    }

    public static IllegalStateException nothingStored(SubscriptionId subscription) {
        return new IllegalStateException("No checkpoint of " + subscription
                + " is stored: store its first one before noting what was delivered.");
    }

    private static String name(long revision) {
        return revision == NOTHING ? "no revision" : "revision " + revision;
    }
}
