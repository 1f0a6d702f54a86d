package io.github.cameldataverse.changes.contracts.implementations.caffeine;

import com.github.benmanes.caffeine.cache.Cache;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.DeliveredChange;
import io.github.cameldataverse.changes.token.KnownIds;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.SubscriptionKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Known ids in a Caffeine cache: an entry for each subscription, which is replaced as a whole. */
final class CaffeineKnownIds implements KnownIds {

    private final CaffeineDeltaTokenRepository repository;
    private final SubscriptionId subscription;
    private final Cache<String, Ids> cache;

    /** The last round of each id, in the order of the ids, and the latest round of all that ever were here. */
    record Ids(TreeMap<String, Long> rounds, long newest) {

        Ids() {
            this(new TreeMap<>(), 0);
        }

        Ids with(long round, Collection<String> ids) {
            TreeMap<String, Long> more = new TreeMap<>(rounds);
            ids.forEach(id -> more.merge(id, round, Math::max));
            return new Ids(more, Math.max(newest, round));
        }

        Ids without(Collection<String> ids, long round) {
            TreeMap<String, Long> fewer = new TreeMap<>(rounds);
            fewer.keySet().removeAll(new HashSet<>(ids));
            return new Ids(fewer, ids.isEmpty() ? newest : Math.max(newest, round));
        }

        /** What is of this round counts as older. */
        Ids asOlder(long round) {
            TreeMap<String, Long> older = new TreeMap<>(rounds);
            older.replaceAll((id, last) -> last == round ? round - 1 : last);
            return new Ids(older, newest);
        }
    }

    CaffeineKnownIds(CaffeineDeltaTokenRepository repository, SubscriptionId subscription, Cache<String, Ids> cache) {
        this.repository = repository;
        this.subscription = subscription;
        this.cache = cache;
    }

    @Override
    public boolean begin() {
        return cache.asMap().putIfAbsent(key(), new Ids()) == null;
    }

    @Override
    public boolean isKept() {
        return cache.asMap().containsKey(key());
    }

    @Override
    public void expect(long revision, long round, Collection<String> ids) {
        ids.forEach(DeliveredChange::checkRecordId);
        repository.at(subscription, revision, () -> change(before -> before.with(round, ids)));
    }

    @Override
    public void expectAnew(long revision, long round, Collection<String> ids) {
        ids.forEach(DeliveredChange::checkRecordId);
        repository.at(
                subscription,
                revision,
                () -> change(before -> before.asOlder(round).with(round, ids)));
    }

    @Override
    public void advance(
            long expectedRevision, Checkpoint next, Collection<String> gone, Map<String, String> delivered) {
        repository.advance(
                subscription,
                expectedRevision,
                next,
                delivered,
                () -> change(before -> before.without(gone, next.round())));
    }

    @Override
    public boolean forget(long revision, String id, long round) {
        boolean[] older = {false};
        repository.at(
                subscription,
                revision,
                () -> change(before -> {
                    older[0] = before.rounds().getOrDefault(id, Long.MAX_VALUE) < round;
                    return older[0] ? before.without(List.of(id), 0) : before;
                }));
        return older[0];
    }

    @Override
    public List<String> olderThan(long round, String after, int most) {
        return ids().rounds().tailMap(after, false).entrySet().stream()
                .filter(known -> known.getValue() < round)
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public Map<String, Long> rounds(Collection<String> ids) {
        Map<String, Long> found = new HashMap<>();
        Map<String, Long> all = ids().rounds();
        ids.forEach(id -> Optional.ofNullable(all.get(id)).ifPresent(round -> found.put(id, round)));
        return found;
    }

    @Override
    public Tally tally(long round) {
        Ids ids = ids();
        long older = ids.rounds().values().stream().filter(last -> last < round).count();
        return new Tally(ids.rounds().size(), older, ids.newest());
    }

    private Ids ids() {
        return cache.get(key(), absent -> new Ids());
    }

    private void change(UnaryOperator<Ids> how) {
        cache.asMap().compute(key(), (key, before) -> how.apply(before == null ? new Ids() : before));
    }

    private String key() {
        return SubscriptionKey.of(subscription);
    }
}
