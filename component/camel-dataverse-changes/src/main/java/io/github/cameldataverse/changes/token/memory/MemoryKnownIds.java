package io.github.cameldataverse.changes.token.memory;

import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.DeliveredChange;
import io.github.cameldataverse.changes.token.KnownIds;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Known ids in memory. */
final class MemoryKnownIds implements KnownIds {

    private final Token token;
    private @Nullable TreeMap<String, Long> rounds;
    private long newest;

    MemoryKnownIds(Token token) {
        this.token = token;
    }

    /** The token of the subscription. */
    interface Token {
        void advance(long expectedRevision, Checkpoint next, Map<String, String> delivered);

        /** Keeps the checkpoint where it is until the write is done, or refuses it. */
        <T> T at(long revision, Supplier<T> write);
    }

    @Override
    public synchronized boolean begin() {
        boolean begins = rounds == null;
        rounds();
        return begins;
    }

    @Override
    public synchronized boolean isKept() {
        return rounds != null;
    }

    @Override
    public synchronized void expect(long revision, long round, Collection<String> ids) {
        ids.forEach(DeliveredChange::checkRecordId);
        newest = token.at(revision, () -> expect(round, ids));
    }

    @Override
    public synchronized void expectAnew(long revision, long round, Collection<String> ids) {
        ids.forEach(DeliveredChange::checkRecordId);
        newest = token.at(revision, () -> {
            rounds().replaceAll((id, known) -> known == round ? round - 1 : known);
            return expect(round, ids);
        });
    }

    private long expect(long round, Collection<String> ids) {
        ids.forEach(id -> rounds().merge(id, round, Math::max));
        return Math.max(newest, round);
    }

    @Override
    public synchronized void advance(
            long expectedRevision, Checkpoint next, Collection<String> gone, Map<String, String> delivered) {
        token.advance(expectedRevision, next, delivered);
        rounds().keySet().removeAll(List.copyOf(gone));
        newest = gone.isEmpty() ? newest : Math.max(newest, next.round());
    }

    @Override
    public synchronized boolean forget(long revision, String id, long round) {
        return token.at(revision, () -> {
            boolean older = rounds().getOrDefault(id, Long.MAX_VALUE) < round;
            return older && rounds().remove(id) != null;
        });
    }

    @Override
    public synchronized List<String> olderThan(long round, String after, int most) {
        List<String> older = new ArrayList<>();
        known().tailMap(after, false).forEach((id, known) -> {
            if (known < round && older.size() < most) {
                older.add(id);
            }
        });
        return older;
    }

    @Override
    public synchronized Map<String, Long> rounds(Collection<String> ids) {
        Map<String, Long> found = new HashMap<>();
        ids.forEach(id -> Optional.ofNullable(known().get(id)).ifPresent(round -> found.put(id, round)));
        return found;
    }

    @Override
    public synchronized Tally tally(long round) {
        long older = known().values().stream().filter(known -> known < round).count();
        return new Tally(known().size(), older, newest);
    }

    /** To look at: begins nothing. */
    private NavigableMap<String, Long> known() {
        return rounds == null ? Collections.emptyNavigableMap() : rounds;
    }

    private TreeMap<String, Long> rounds() {
        if (rounds == null) {
            rounds = new TreeMap<>();
        }
        return rounds;
    }
}
