package io.github.cameldataverse.changes.token;

import io.github.cameldataverse.changes.internal.digest.Sha256;
import java.util.Locale;

/**
 * Names a subscription in a store. Two subscriptions never have the same name, also where they differ in case or in a
 * character that a store cannot hold. The names are part of what is stored: they stay the same in every version of this
 * component. For any thread.
 */
public final class SubscriptionKey {

    private static final int READABLE = 80;
    private static final int HASH_BYTES = 16;

    private SubscriptionKey() {}

    /**
     * A name for a file, a row or a key that a person can tell: {@code account-main-contoso-crm4-dynamics-com-} and the
     * {@link #hash}. At most 113 characters of {@code a-z}, {@code 0-9} and {@code -}, which any file system and any
     * database column takes. The readable part is cut, so that it may be alike for two subscriptions; the hash is not.
     */
    public static String of(SubscriptionId subscription) {
        String readable = subscription.table() + "-" + subscription.name() + "-" + host(subscription.origin());
        return slug(readable) + "-" + hash(subscription);
    }

    /** The hash alone, where every character counts: 32 hexadecimal digits in lower case. */
    public static String hash(SubscriptionId subscription) {
        // The parts with their lengths, so that no two subscriptions give the same text.
        String parts =
                lengthAnd(subscription.origin()) + lengthAnd(subscription.table()) + lengthAnd(subscription.name());
        return Sha256.ofUnits(parts).substring(0, 2 * HASH_BYTES);
    }

    private static String lengthAnd(String part) {
        return part.length() + ":" + part;
    }

    private static String slug(String text) {
        String start = text.substring(0, Math.min(text.length(), READABLE));
        return start.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    private static String host(String origin) {
        int scheme = origin.indexOf("://");
        return scheme < 0 ? origin : origin.substring(scheme + 3);
    }
}
