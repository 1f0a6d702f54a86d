package io.github.cameldataverse.changes.internal.keyset;

import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.RevisionCheck;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.TokenCodec;
import io.github.cameldataverse.changes.token.TokenConflictException;
import io.github.cameldataverse.changes.token.TokenUnreadableException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.DataFormatException;

/**
 * The token of one subscription in a set of keys that can only be added, asked for and removed.
 *
 * <pre>
 *  number          12                    13                          14                 (15)
 *                  ──────────────────    ────────────────────────    ───────────────
 *  claim           12.  ◀── on the       13.                         14.                 ◀── add() says true to one only
 *  symbols         gone     path to 14   13:0=7. 13:1=52. ... n      14:0=7. 14:1=9
 *  end             gone                  13:end.                     not yet
 *                                        ▲ this is the token         ▲ being written, or its writer has died
 * </pre>
 *
 * <b>Tokens are numbered</b>, and each number has one writer: the one whose {@code add} of its claim said true. It writes the
 * symbols, then the end, and only then removes the number before. <b>The token is the highest number that has an
 * end</b>; its symbols carry length and checksum. So a crash at any point leaves the old token or the new one: up to the
 * end the old one is untouched, and from the end on the new one is whole. A token that has its end and lacks a symbol was
 * damaged from outside, and is refused; another number is never read in its place.
 *
 * <p><b>A writer that dies</b> leaves a number without an end. It blocks no other: the next one who reads finds the token
 * below it, and claims the number above it. <b>A writer that was only slow</b> may then write its end after all. That is
 * settled by looking in opposite orders. The slow one adds its end, then looks for a claim above its own. The other adds
 * that claim, then looks for ends between its token and the claim. If the slow one saw no claim, the claim came after
 * the end, and the other must see the end. So at most one of them is told that it advanced; perhaps none, and then both
 * read again.
 *
 * <p><b>A reader that slept</b> while others advanced may find its claim removed and free. Claims are removed after the
 * end of the token below them; so it looks once more for the end of the token that it started from, and finds it gone.
 *
 * <p><b>A token that is replaced</b> may have lost claims, so that its reader is not met on any number. {@link LedgerEpochs}
 * tells it.
 *
 * <p>Nothing was ever stored if no number has an end and the key {@code stored} is not there; it is added after the first
 * end. For one thread at a time.
 */
final class TokenLedger {

    private static final long NOTHING = 0;

    private final SubscriptionId subscription;
    private final RepositoryKeys keys;
    private final LedgerKeys names;
    private final LedgerClaims claims;
    private final LedgerRecords records;
    private final LedgerEpochs epochs;

    TokenLedger(SubscriptionId subscription, RepositoryKeys keys) {
        this.subscription = subscription;
        this.keys = keys;
        this.names = new LedgerKeys(subscription);
        this.claims = new LedgerClaims(keys, names);
        this.records = new LedgerRecords(keys, names);
        this.epochs = new LedgerEpochs(keys, names);
    }

    /**
     * What the set of keys said when it was read.
     *
     * @param epoch which of the {@link LedgerEpochs}
     * @param claimed the highest number that is claimed
     * @param number the number of the token; 0 if there is none
     * @param symbols those of the token
     * @param checkpoint what they say; empty if there is no token
     */
    record Stand(int epoch, long claimed, long number, List<Integer> symbols, Optional<Checkpoint> checkpoint) {

        boolean isSameToken(Stand other) {
            return number == other.number && symbols.equals(other.symbols);
        }
    }

    private record Place(int epoch, long claimed, long number) {}

    /** @throws TokenUnreadableException if there is a token, and it was damaged */
    Stand read() {
        while (true) {
            Place place = locate();
            try {
                return stand(place);
            } catch (TokenUnreadableException e) {
                // Another reader may have advanced meanwhile, and removed what was about to be read.
                if (place.equals(locate())) {
                    throw e;
                }
            }
        }
    }

    private Place locate() {
        int epoch = epochs.current();
        long claimed = claims.highest();
        long number = claimed;
        while (number > NOTHING && !keys.contains(names.end(number))) {
            number = keys.contains(names.claim(number)) ? number - 1 : NOTHING;
        }
        return new Place(epoch, claimed, number);
    }

    private Stand stand(Place place) {
        if (place.number() == NOTHING) {
            if (keys.contains(names.stored())) {
                throw TokenUnreadableException.of(
                        subscription, keys.toString(), "has lost keys: a token was stored, and none is complete");
            }
            return new Stand(place.epoch(), place.claimed(), NOTHING, List.of(), Optional.empty());
        }
        List<Integer> symbols = records.symbols(place.number());
        Stand stand = new Stand(place.epoch(), place.claimed(), place.number(), symbols, Optional.of(decode(symbols)));
        records.forget(claims.lowestBelow(place.number()), place.number(), Map.of());
        return stand;
    }

    private Checkpoint decode(List<Integer> symbols) {
        try {
            return TokenCodec.decode(subscription, LedgerSymbols.text(subscription, symbols), keys.toString());
        } catch (DataFormatException e) {
            throw TokenUnreadableException.of(
                    subscription, keys.toString(), "has lost or foreign keys: what is left is no token", e);
        }
    }

    /** Whether what was read is the last that happened; asks for three keys. */
    boolean isLatest(Stand stand) {
        return !keys.contains(names.claim(stand.claimed() + 1)) && isInForce(stand);
    }

    /** @throws TokenConflictException unless what was read is the last that happened */
    void requireLatest(Stand stand) {
        if (!isLatest(stand)) {
            throw conflict(stand);
        }
    }

    /**
     * Asks for two keys, and so lets a writer who is not done yet pass: whoever was told that the token after this one is
     * theirs has removed the end of this one before.
     *
     * @throws TokenConflictException if another reader stands on a later token
     */
    void requireInForce(Stand stand) {
        if (!isInForce(stand)) {
            throw conflict(stand);
        }
    }

    private boolean isInForce(Stand stand) {
        return epochs.lasts(stand.epoch()) && isThere(stand);
    }

    private boolean isThere(Stand stand) {
        return stand.number() == NOTHING ? !keys.contains(names.stored()) : keys.contains(names.end(stand.number()));
    }

    /**
     * Writes the token that follows the one that was read.
     *
     * @throws TokenConflictException if another reader has written, or is about to write, another one; read again
     */
    Stand advance(Stand from, Checkpoint next) {
        long number = from.claimed() + 1;
        claim(from, number);
        Stand written = write(from.epoch(), number, next);
        requireNotOvertaken(from, written);
        keys.add(names.stored());
        records.forget(Math.max(1, from.number()), number, Map.of(from.number(), from.symbols()));
        return written;
    }

    private void claim(Stand from, long number) {
        if (!claims.take(number)) {
            throw conflict(from);
        }
        if (!isInForce(from)) {
            claims.withdraw(number);
            throw conflict(from);
        }
        for (long slow = from.number() + 1; slow < number; slow++) {
            if (keys.contains(names.end(slow))) {
                throw conflict(from);
            }
        }
    }

    private Stand write(int epoch, long number, Checkpoint next) {
        List<Integer> symbols = LedgerSymbols.of(subscription, TokenCodec.encode(subscription, next));
        records.write(number, symbols);
        return new Stand(epoch, number, number, symbols, Optional.of(next));
    }

    /** That the number before has lost its end may only mean that a reader of this one has tidied up below it. */
    private void requireNotOvertaken(Stand from, Stand written) {
        boolean superseded = !isInForce(from) && locate().number() != written.number();
        if (superseded) {
            records.remove(written.number(), written.symbols());
        }
        if (superseded || keys.contains(names.claim(written.number() + 1))) {
            throw conflict(from);
        }
    }

    private TokenConflictException conflict(Stand from) {
        long expected = from.checkpoint().map(Checkpoint::revision).orElse(RevisionCheck.NOTHING);
        return RevisionCheck.conflict(subscription, expected, "a later revision");
    }

    /**
     * Writes a token whatever is there, readable or not. Claims may have got lost too, so that what was stored is not found; it
     * would be met later, and be taken for the token. So the number is that of the round, which counts milliseconds: it is
     * beyond all that ever were. The one above what is found is claimed besides, for those who are about to write there.
     */
    Stand replace(Checkpoint next) {
        long above = claims.takeAboveAll(1);
        long number = next.round() > above ? claims.takeAboveAll(next.round()) : above;
        Stand written = write(epochs.begin(), number, next);
        keys.add(names.stored());
        records.forgetAll(claims.lowestBelow(above), above, number);
        return written;
    }
}
