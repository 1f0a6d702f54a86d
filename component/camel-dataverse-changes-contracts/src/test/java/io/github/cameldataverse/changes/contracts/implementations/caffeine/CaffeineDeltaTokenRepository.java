package io.github.cameldataverse.changes.contracts.implementations.caffeine;

import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.DeliveredChange;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.KnownIds;
import io.github.cameldataverse.changes.token.RevisionCheck;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.SubscriptionKey;
import io.github.cameldataverse.changes.token.TokenCodec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Tokens in Caffeine caches, which stand for any store of keys and values: what it needs of the component is public. The
 * caches must not evict: a token that is gone is a full load.
 */
final class CaffeineDeltaTokenRepository extends ServiceSupport implements DeltaTokenRepository {

    private final CaffeineStore store;

    CaffeineDeltaTokenRepository(CaffeineStore store) {
        this.store = store;
    }

    @Override
    public Optional<StoredToken> load(SubscriptionId subscription) {
        return Optional.ofNullable(store.tokens().getIfPresent(SubscriptionKey.of(subscription)))
                .map(entry -> new StoredToken(checkpoint(subscription, entry), entry.delivered()));
    }

    @Override
    public void delivered(SubscriptionId subscription, long revision, String recordId, String what) {
        DeliveredChange delivery = new DeliveredChange(recordId, what); // refuses what could not be read back
        store.tokens().asMap().compute(SubscriptionKey.of(subscription), (key, entry) -> {
            if (entry == null) {
                throw RevisionCheck.nothingStored(subscription);
            }
            RevisionCheck.check(
                    subscription, revision, checkpoint(subscription, entry).revision());
            return entry.with(delivery);
        });
    }

    @Override
    public void advance(
            SubscriptionId subscription, long expectedRevision, Checkpoint next, Map<String, String> delivered) {
        advance(subscription, expectedRevision, next, delivered, () -> {});
    }

    // tag::advance[]
    /** @param also what happens to known ids in the same step */
    void advance(
            SubscriptionId subscription,
            long expectedRevision,
            Checkpoint next,
            Map<String, String> delivered,
            Runnable also) {
        Entry moved = Entry.of(subscription, next, DeliveredChange.all(delivered));
        store.tokens().asMap().compute(SubscriptionKey.of(subscription), (key, entry) -> {
            RevisionCheck.check(subscription, expectedRevision, revision(subscription, entry), next);
            also.run();
            return moved;
        });
    }
    // end::advance[]

    @Override
    public StoredToken takeOver(SubscriptionId subscription, long expectedRevision, Checkpoint next) {
        Entry taken = store.tokens().asMap().compute(SubscriptionKey.of(subscription), (key, entry) -> {
            RevisionCheck.check(subscription, expectedRevision, revision(subscription, entry), next);
            return new Entry(TokenCodec.encode(subscription, next), entry == null ? Map.of() : entry.delivered());
        });
        return new StoredToken(next, taken.delivered());
    }

    @Override
    public void replace(SubscriptionId subscription, Checkpoint next) {
        store.tokens().put(SubscriptionKey.of(subscription), Entry.of(subscription, next, List.of()));
    }

    /** Keeps the checkpoint where it is until the write is done, or refuses it. */
    void at(SubscriptionId subscription, long revision, Runnable write) {
        store.tokens().asMap().compute(SubscriptionKey.of(subscription), (key, entry) -> {
            RevisionCheck.check(subscription, revision, revision(subscription, entry));
            write.run();
            return entry;
        });
    }

    private static long revision(SubscriptionId subscription, Entry entry) {
        return entry == null
                ? RevisionCheck.NOTHING
                : checkpoint(subscription, entry).revision();
    }

    private static Checkpoint checkpoint(SubscriptionId subscription, Entry entry) {
        return TokenCodec.decode(subscription, entry.token(), "a Caffeine cache");
    }

    /** A token as text, so that an altered one is noticed, and what is delivered of its page. */
    record Entry(String token, Map<String, String> delivered) {

        static Entry of(SubscriptionId subscription, Checkpoint checkpoint, List<DeliveredChange> delivered) {
            Map<String, String> notes = new HashMap<>();
            delivered.forEach(note -> notes.put(note.recordId(), note.what()));
            return new Entry(TokenCodec.encode(subscription, checkpoint), Map.copyOf(notes));
        }

        Entry with(DeliveredChange delivery) {
            Map<String, String> more = new HashMap<>(delivered);
            more.put(delivery.recordId(), delivery.what());
            return new Entry(token, Map.copyOf(more));
        }
    }

    @Override
    public Optional<KnownIds> knownIds(SubscriptionId subscription) {
        return Optional.of(new CaffeineKnownIds(this, subscription, store.knownIds()));
    }

    @Override
    public boolean add(String key) {
        return store.plainKeys().asMap().putIfAbsent(key, true) == null;
    }

    @Override
    public boolean contains(String key) {
        return store.plainKeys().asMap().containsKey(key);
    }

    @Override
    public boolean remove(String key) {
        return store.plainKeys().asMap().remove(key) != null;
    }

    @Override
    public boolean confirm(String key) {
        return true;
    }

    @Override
    public void clear() {
        store.plainKeys().invalidateAll();
    }

    @Override
    public String toString() {
        return "delta tokens in a Caffeine cache";
    }
}
