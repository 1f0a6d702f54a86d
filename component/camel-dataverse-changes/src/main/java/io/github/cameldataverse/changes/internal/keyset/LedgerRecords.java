package io.github.cameldataverse.changes.internal.keyset;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tokens of a {@link TokenLedger}, written and removed: a key for each symbol. For one thread at a time. */
final class LedgerRecords {

    private final RepositoryKeys keys;
    private final LedgerKeys names;

    LedgerRecords(RepositoryKeys keys, LedgerKeys names) {
        this.keys = keys;
        this.names = names;
    }

    /** What is there of a token, up to the first symbol that is missing. */
    List<Integer> symbols(long number) {
        List<Integer> symbols = new ArrayList<>();
        for (int symbol = firstSymbol(number, 0); symbol >= 0; symbol = firstSymbol(number, symbols.size())) {
            symbols.add(symbol);
        }
        return symbols;
    }

    private int firstSymbol(long number, int place) {
        int symbol = LedgerSymbols.KINDS - 1;
        while (symbol >= 0 && !keys.contains(names.symbol(number, place, symbol))) {
            symbol--;
        }
        return symbol;
    }

    /** Writes the symbols, and then the end that makes them a token. */
    void write(long number, List<Integer> symbols) {
        for (int place = 0; place < symbols.size(); place++) {
            keys.add(names.symbol(number, place, symbols.get(place)));
        }
        keys.add(names.end(number));
    }

    /** Takes a token back. */
    void remove(long number, List<Integer> symbols) {
        keys.remove(record(number, symbols));
    }

    /** Removes the numbers before {@code number}, from the lowest on: the end first, the claim last. */
    void forget(long lowest, long number, Map<Long, List<Integer>> known) {
        forget(lowest, number - 1, number, known);
    }

    /** Removes the numbers up to {@code highest}, which need not be right below the {@code latest}. */
    void forgetAll(long lowest, long highest, long latest) {
        forget(lowest, Math.min(highest, latest - 1), latest, Map.of());
    }

    private void forget(long lowest, long highest, long latest, Map<Long, List<Integer>> known) {
        Set<String> old = new LinkedHashSet<>();
        for (long each = lowest; each <= highest; each++) {
            List<Integer> symbols = known.get(each);
            old.addAll(record(each, symbols == null ? symbols(each) : symbols));
            LedgerKeys.path(each)
                    .filter(step -> !LedgerKeys.isOnPath(step, latest))
                    .forEach(step -> old.add(names.claim(step)));
        }
        keys.remove(List.copyOf(old));
    }

    /** In the order of removal: the last symbol goes before the first, so that what a crash leaves can be found again. */
    private List<String> record(long number, List<Integer> symbols) {
        List<String> record = new ArrayList<>(List.of(names.end(number)));
        for (int place = symbols.size() - 1; place >= 0; place--) {
            record.add(names.symbol(number, place, symbols.get(place)));
        }
        return record;
    }
}
