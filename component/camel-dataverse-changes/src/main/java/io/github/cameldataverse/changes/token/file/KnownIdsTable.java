package io.github.cameldataverse.changes.token.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.LongPredicate;

/**
 * Ids and their rounds in memory, GUIDs in arrays of numbers: a million of them take 48 MB, and half as much more for a
 * moment while the arrays grow. What is no GUID goes into a map. Not safe for several threads.
 */
final class KnownIdsTable implements KnownIdsEntry.Reader {

    private static final long EMPTY = 0;
    private static final long REMOVED = -1;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private long[] high = new long[1024];
    private long[] low = new long[1024];

    /** Rounds, each plus one: they count from 0, and 0 is an empty slot. */
    private long[] rounds = new long[1024];

    private int used;
    private final TreeMap<String, Long> others = new TreeMap<>();
    private long newest;

    @Override
    public void round(long round) {
        newest = Math.max(newest, round);
    }

    @Override
    public void anew(long round) {
        for (int slot = 0; slot < rounds.length; slot++) {
            if (rounds[slot] == round + 1) {
                rounds[slot] = round;
            }
        }
        others.replaceAll((id, known) -> known == round ? round - 1 : known);
    }

    @Override
    public void entry(KnownIdsEntry.Kind kind, long round, long idHigh, long idLow) {
        int slot = slot(idHigh, idLow);
        long known = rounds[slot];
        if (kind == KnownIdsEntry.Kind.EXPECTED) {
            put(slot, idHigh, idLow, Math.max(known, round + 1));
        } else if (known > EMPTY && (kind == KnownIdsEntry.Kind.GONE || known <= round)) {
            rounds[slot] = REMOVED;
        }
    }

    @Override
    public void entry(KnownIdsEntry.Kind kind, long round, String id) {
        if (kind == KnownIdsEntry.Kind.EXPECTED) {
            others.merge(id, round, Math::max);
        } else if (kind == KnownIdsEntry.Kind.GONE) {
            others.remove(id);
        } else {
            others.computeIfPresent(id, (same, known) -> known < round ? null : known);
        }
    }

    /** As entries of the journal would. */
    void apply(KnownIdsEntry.Kind kind, long round, Collection<String> ids) {
        round(round);
        ids.forEach(id -> apply(kind, round, id));
    }

    /** As an entry of the journal would. */
    void apply(KnownIdsEntry.Kind kind, long round, String id) {
        if (KnownIdsEntry.isGuid(id)) {
            UUID guid = UUID.fromString(id);
            entry(kind, round, guid.getMostSignificantBits(), guid.getLeastSignificantBits());
        } else {
            entry(kind, round, id);
        }
    }

    /** The round of an id, if it is there. */
    Optional<Long> roundOf(String id) {
        if (!KnownIdsEntry.isGuid(id)) {
            return Optional.ofNullable(others.get(id));
        }
        UUID guid = UUID.fromString(id);
        long known = rounds[slot(guid.getMostSignificantBits(), guid.getLeastSignificantBits())];
        return known > EMPTY ? Optional.of(known - 1) : Optional.empty();
    }

    private void put(int slot, long idHigh, long idLow, long round) {
        boolean fresh = rounds[slot] == EMPTY;
        high[slot] = idHigh;
        low[slot] = idLow;
        rounds[slot] = round;
        if (fresh && ++used > rounds.length / 4 * 3) {
            rebuild();
        }
    }

    /** Without the slots of removed ids; larger, unless those were a third of all. */
    private void rebuild() {
        long[] oldHigh = high;
        long[] oldLow = low;
        long[] oldRounds = rounds;
        int size = count(known -> true) > oldRounds.length / 2 ? 2 * oldRounds.length : oldRounds.length;
        high = new long[size];
        low = new long[high.length];
        rounds = new long[high.length];
        used = 0;
        for (int i = 0; i < oldRounds.length; i++) {
            if (oldRounds[i] > EMPTY) {
                put(slot(oldHigh[i], oldLow[i]), oldHigh[i], oldLow[i], oldRounds[i]);
            }
        }
    }

    /** The slot of an id: where it is, or where it would go. One that was removed keeps its slot until the table is built anew. */
    private int slot(long idHigh, long idLow) {
        long hash = (idHigh ^ Long.rotateLeft(idLow, 31)) * MIX;
        int slot = (int) (hash >>> 32) & rounds.length - 1;
        while (rounds[slot] != EMPTY && (high[slot] != idHigh || low[slot] != idLow)) {
            slot = slot + 1 & rounds.length - 1;
        }
        return slot;
    }

    long newestRound() {
        return newest;
    }

    /** How many ids have a round like this. */
    long count(LongPredicate round) {
        long count = others.values().stream().filter(round::test).count();
        for (long known : rounds) {
            count += known > EMPTY && round.test(known - 1) ? 1 : 0;
        }
        return count;
    }

    /** Ids of older rounds behind one of them: first the GUIDs, slot by slot, then the others. */
    List<String> olderThan(long round, String after, int most) {
        List<String> older = new ArrayList<>();
        for (int slot = firstBehind(after); slot < rounds.length && older.size() < most; slot++) {
            if (rounds[slot] > EMPTY && rounds[slot] <= round) {
                older.add(new UUID(high[slot], low[slot]).toString());
            }
        }
        others.tailMap(KnownIdsEntry.isGuid(after) ? "" : after, false).forEach((id, known) -> {
            if (known < round && older.size() < most) {
                older.add(id);
            }
        });
        return older;
    }

    private int firstBehind(String after) {
        if (after.isEmpty()) {
            return 0;
        }
        if (!KnownIdsEntry.isGuid(after)) {
            return rounds.length;
        }
        UUID guid = UUID.fromString(after);
        return slot(guid.getMostSignificantBits(), guid.getLeastSignificantBits()) + 1;
    }

    /** All that is in it, as entries that make it again. */
    void writeTo(KnownIdsEntry.Writer out) throws IOException {
        for (int slot = 0; slot < rounds.length; slot++) {
            if (rounds[slot] > EMPTY) {
                out.write(KnownIdsEntry.Kind.EXPECTED, rounds[slot] - 1, high[slot], low[slot]);
            }
        }
        for (Map.Entry<String, Long> other : others.entrySet()) {
            out.write(KnownIdsEntry.Kind.EXPECTED, other.getValue(), other.getKey());
        }
    }
}
