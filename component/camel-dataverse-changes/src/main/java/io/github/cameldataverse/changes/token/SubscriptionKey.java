package io.github.cameldataverse.changes.token;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A name for a subscription that any file system and any database column takes: a readable part of at most 80
 * characters, which may be alike for two subscriptions, and a hash, which is not.
 */
public final class SubscriptionKey {

    private static final int READABLE = 80;
    private static final int HASH_BYTES = 16;

    private SubscriptionKey() {}

    public static String of(SubscriptionId subscription) {
        String readable = subscription.table() + "-" + subscription.name() + "-" + host(subscription.origin());
        return slug(readable) + "-" + hash(subscription);
    }

    /** The parts with their lengths, so that no two subscriptions give the same text. */
    public static String hash(SubscriptionId subscription) {
        String parts =
                lengthAnd(subscription.origin()) + lengthAnd(subscription.table()) + lengthAnd(subscription.name());
        return sha256(parts).substring(0, 2 * HASH_BYTES);
    }

    /** SHA-256 of the UTF-16 units as they are; a character set would make all broken surrogates alike. */
    public static String sha256(String text) {
        ByteBuffer units = ByteBuffer.allocate(2 * text.length());
        units.asCharBuffer().put(text);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(units.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256, but this one has not", e);
        }
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
