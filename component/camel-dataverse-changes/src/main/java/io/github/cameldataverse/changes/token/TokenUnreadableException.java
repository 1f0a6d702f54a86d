package io.github.cameldataverse.changes.token;

/** The stored token of a subscription is there but torn, altered, of a newer format, or another subscription's. */
public class TokenUnreadableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param sentence what is wrong, where, and what to do */
    public TokenUnreadableException(String sentence) {
        super(sentence);
    }

    /** @param sentence what is wrong, where, and what to do */
    public TokenUnreadableException(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /**
     * The exception with the sentence that an operator reads of every repository.
     *
     * @param place where the token is stored: {@code file /var/tokens/…}, {@code table x, row y}
     * @param reason what is wrong with it, behind "The stored token of … in …": {@code is empty}
     */
    public static TokenUnreadableException of(SubscriptionId subscription, String place, String reason) {
        return new TokenUnreadableException(sentence(subscription, place, reason));
    }

    /** The same with what made it known. */
    public static TokenUnreadableException of(
            SubscriptionId subscription, String place, String reason, Throwable cause) {
        return new TokenUnreadableException(sentence(subscription, place, reason), cause);
    }

    private static String sentence(SubscriptionId subscription, String place, String reason) {
        return "The stored token of " + subscription + " in " + place + " " + reason
                + ". It is left as it is; restore it from a backup, or ask for a resync.";
    }
}
