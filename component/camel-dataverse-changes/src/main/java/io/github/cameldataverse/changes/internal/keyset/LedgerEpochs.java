package io.github.cameldataverse.changes.internal.keyset;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * Marks by which the readers of a {@link TokenLedger} learn that their token was replaced.
 *
 * <pre>
 *   first epoch             the key replaced is not there
 *   replaced once           replaced    epoch:17.
 *   replaced once more      replaced    epoch:52.      17 is removed, after 52 was added
 * </pre>
 *
 * Where claims got lost, whoever replaces the token cannot find the numbers of a reader that still has them. The names of
 * the marks are few and known, so all can be removed unseen: <b>a reader goes on while the mark of its epoch is
 * there</b>. If the mark itself gets lost, it is refused once, and reads again. For one thread at a time.
 */
final class LedgerEpochs {

    /** Of a token that was never replaced. */
    static final int FIRST = -1;

    private static final int MARKS = 64;

    private final RepositoryKeys keys;
    private final LedgerKeys names;

    LedgerEpochs(RepositoryKeys keys, LedgerKeys names) {
        this.keys = keys;
        this.names = names;
    }

    /** To be asked for before the token is: whoever ended this epoch earlier had laid the claim of theirs before. */
    int current() {
        return keys.contains(names.replaced()) ? marked() : FIRST;
    }

    private int marked() {
        return IntStream.range(0, MARKS)
                .filter(mark -> keys.contains(names.epoch(mark)))
                .findFirst()
                .orElseGet(this::mark);
    }

    /** Asks for one key. */
    boolean lasts(int epoch) {
        return epoch == FIRST ? !keys.contains(names.replaced()) : keys.contains(names.epoch(epoch));
    }

    /**
     * Ends all others, once the claim of the token that replaces theirs is laid, and before it can be read. A reader that
     * finds no mark sets one; it looks for the token after that, and so finds the claim.
     */
    int begin() {
        int begun = mark();
        keys.add(names.replaced());
        keys.remove(others(begun));
        return begun;
    }

    /** Not one that is there; and one that got lost is hardly met again. */
    private int mark() {
        int start = ThreadLocalRandom.current().nextInt(MARKS);
        return IntStream.range(start, start + MARKS)
                .map(mark -> mark % MARKS)
                .filter(mark -> keys.add(names.epoch(mark)))
                .findFirst()
                .orElse(start);
    }

    private List<String> others(int epoch) {
        return IntStream.range(0, MARKS)
                .filter(mark -> mark != epoch)
                .mapToObj(names::epoch)
                .toList();
    }
}
