package io.github.cameldataverse.changes.internal.keyset;

import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.SubscriptionKey;
import java.util.stream.LongStream;

/**
 * The names of the keys of one subscription: at most 90 characters (stock tables hold 100), of one case and a few plain
 * signs, whatever the collation. Each ends with a full stop, so that half a key is none.
 */
final class LedgerKeys {

    private static final String OURS = "dataverse-changes:";

    private final String prefix;

    LedgerKeys(SubscriptionId subscription) {
        prefix = OURS + SubscriptionKey.hash(subscription) + ":";
    }

    static boolean isOurs(String key) {
        return key.startsWith(OURS);
    }

    /** A token was stored once. */
    String stored() {
        return prefix + "stored.";
    }

    /** The token was replaced once, whatever it was. */
    String replaced() {
        return prefix + "replaced.";
    }

    /** The mark of what follows a replacement. */
    String epoch(int mark) {
        return prefix + "epoch:" + mark + ".";
    }

    /** One writer has the right to write the token of this number. */
    String claim(long number) {
        return prefix + number + ".";
    }

    /** The symbol at a place of the token. */
    String symbol(long number, int place, int symbol) {
        return prefix + number + ":" + place + "=" + symbol + ".";
    }

    /** The token of this number is complete. */
    String end(long number) {
        return prefix + number + ":end.";
    }

    /** The number and those that come of it by clearing low bits, longest first: 13 is 1101, 1100 and 1000. */
    static LongStream path(long number) {
        return LongStream.iterate(number, step -> step > 0, step -> step & (step - 1));
    }

    /** Whether {@code step} is on the path to {@code number}. */
    static boolean isOnPath(long step, long number) {
        return step <= number && number - step < Long.lowestOneBit(step);
    }
}
