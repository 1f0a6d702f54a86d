package io.github.cameldataverse.changes.internal.keyset;

import io.github.cameldataverse.changes.token.TokenStoreException;
import java.util.List;

/**
 * The numbers of a {@link TokenLedger} that have a writer.
 *
 * <p><b>The highest claim is found by its bits.</b> Of the older claims those stay that come of the highest by clearing
 * low bits (14 is 1110: 1100 and 1000 stay). Nothing above the highest was ever claimed, so a search that tries the bits
 * from the left goes straight to it. For one thread at a time.
 */
final class LedgerClaims {

    private static final int HIGHEST_BIT = 47;

    private final RepositoryKeys keys;
    private final LedgerKeys names;

    LedgerClaims(RepositoryKeys keys, LedgerKeys names) {
        this.keys = keys;
        this.names = names;
    }

    /** The highest number that was ever claimed; 0 if none was. */
    long highest() {
        long highest = 0;
        for (int bit = HIGHEST_BIT; bit >= 0; bit--) {
            long higher = highest | 1L << bit;
            if (keys.contains(names.claim(higher))) {
                highest = higher;
            }
        }
        return highest;
    }

    /**
     * Whether the number was free; it is claimed now. Of two who add a key at once, a database refuses one with an error.
     */
    boolean take(long number) {
        try {
            return keys.add(names.claim(number));
        } catch (TokenStoreException e) {
            if (!keys.contains(names.claim(number))) {
                throw e;
            }
            return false;
        }
    }

    /** Takes a claim back that came too late. If others went on above it, it may be on the way to theirs, and stays. */
    void withdraw(long number) {
        long highest = highest();
        if (highest > number && !LedgerKeys.isOnPath(number, highest)) {
            keys.remove(List.of(names.claim(number)));
        }
    }

    /** Takes the first number that is free, is {@code least} or more, and is found. The way to it is laid anew. */
    long takeAboveAll(long least) {
        long number = Math.max(least, highest() + 1);
        while (!layPath(number) || highest() != number) {
            number = Math.max(number, highest()) + 1;
        }
        return number;
    }

    private boolean layPath(long number) {
        LedgerKeys.path(number).skip(1).forEach(step -> keys.add(names.claim(step)));
        return keys.add(names.claim(number));
    }

    /** The lowest number of those right below that still have a claim: a crash may have left them, or they are a path. */
    long lowestBelow(long number) {
        long lowest = number;
        while (lowest > 1 && keys.contains(names.claim(lowest - 1))) {
            lowest--;
        }
        return lowest;
    }
}
