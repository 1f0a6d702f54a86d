package io.github.cameldataverse.changes.token;

/** Words the one sentence that an operator reads when a stored token cannot be trusted. */
public record Unreadable(SubscriptionId subscription, String place) {

    public TokenUnreadableException because(String reason) {
        return new TokenUnreadableException(sentence(reason));
    }

    public TokenUnreadableException because(String reason, Throwable cause) {
        return new TokenUnreadableException(sentence(reason), cause);
    }

    private String sentence(String reason) {
        return "The stored token of " + subscription + " in " + place + " " + reason
                + ". It is left as it is; restore it from a backup, or ask for a resync.";
    }
}
