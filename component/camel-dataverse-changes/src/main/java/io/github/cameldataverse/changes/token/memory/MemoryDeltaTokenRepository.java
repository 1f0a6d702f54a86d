package io.github.cameldataverse.changes.token.memory;

import io.github.cameldataverse.changes.internal.store.BoundedKeySet;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.DeliveredChange;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.KnownIds;
import io.github.cameldataverse.changes.token.RevisionCheck;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.SubscriptionId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds delta tokens and plain keys in memory: they outlive a stop and start of routes and of the CamelContext, and end
 * with this object. After that a reader loads its table in full again.
 *
 * <p>Safe for use by several threads. Plain keys are bounded by {@link #setMaxKeys}; tokens by the number of
 * subscriptions and the rows of one page; known ids by the records of their tables.
 */
@Metadata(
        label = "bean",
        description =
                "Holds delta tokens, and the keys of an idempotent consumer, in memory: they end with the process.",
        annotations = {"interfaceName=org.apache.camel.spi.IdempotentRepository"})
@Configurer(metadataOnly = true)
@ManagedResource(description = "Delta tokens in memory")
public class MemoryDeltaTokenRepository extends ServiceSupport implements DeltaTokenRepository {

    private static final Logger LOG = LoggerFactory.getLogger(MemoryDeltaTokenRepository.class);

    private final Map<SubscriptionId, Entry> tokens = new HashMap<>();
    private final Map<SubscriptionId, KnownIds> known = new HashMap<>();
    private final BoundedKeySet keys = new BoundedKeySet();
    private boolean told;

    @Metadata(description = "Plain keys held at most; the oldest is dropped", defaultValue = "1000000")
    private int maxKeys = BoundedKeySet.DEFAULT_MAX;

    /** Nothing is to be opened, and nothing is cleared at a stop: a route may start again. */
    @Override
    protected void doStart() {}

    /** A lost token is a full load. Whoever only asks what is stored, or keeps plain keys here, loses nothing by it. */
    private void tellOnce() {
        if (!told) {
            told = true;
            LOG.warn("Delta tokens are held in memory and end with this process; the next one loads its tables in full."
                    + " Give the endpoint an idempotentRepository on files or a database to continue where it was.");
        }
    }

    @Override
    public synchronized Optional<StoredToken> load(SubscriptionId subscription) {
        return Optional.ofNullable(tokens.get(subscription))
                .map(entry -> new StoredToken(entry.checkpoint, entry.delivered));
    }

    @Override
    public synchronized void delivered(SubscriptionId subscription, long revision, String recordId, String what) {
        DeliveredChange delivery = new DeliveredChange(recordId, what);
        @Nullable Entry entry = tokens.get(subscription);
        if (entry == null) {
            throw RevisionCheck.nothingStored(subscription);
        }
        RevisionCheck.check(subscription, revision, entry.checkpoint.revision());
        entry.delivered.put(delivery.recordId(), delivery.what());
    }

    @Override
    public synchronized void advance(
            SubscriptionId subscription, long expectedRevision, Checkpoint next, Map<String, String> delivered) {
        List<DeliveredChange> unused = DeliveredChange.all(delivered); // refuses what could not be read back
        RevisionCheck.check(subscription, expectedRevision, storedRevision(subscription), next);
        tokens.put(subscription, new Entry(next, new HashMap<>(delivered)));
        tellOnce();
    }

    @Override
    public synchronized StoredToken takeOver(SubscriptionId subscription, long expectedRevision, Checkpoint next) {
        return DeltaTokenRepository.super.takeOver(subscription, expectedRevision, next);
    }

    @Override
    public synchronized void replace(SubscriptionId subscription, Checkpoint next) {
        tokens.put(subscription, new Entry(next, new HashMap<>()));
    }

    @Override
    public synchronized Optional<KnownIds> knownIds(SubscriptionId subscription) {
        return Optional.of(known.computeIfAbsent(subscription, id -> new MemoryKnownIds(new Token(id))));
    }

    /** The token that known ids belong to. */
    private final class Token implements MemoryKnownIds.Token {

        private final SubscriptionId subscription;

        private Token(SubscriptionId subscription) {
            this.subscription = subscription;
        }

        @Override
        public void advance(long expectedRevision, Checkpoint next, Map<String, String> delivered) {
            MemoryDeltaTokenRepository.this.advance(subscription, expectedRevision, next, delivered);
        }

        @Override
        public <T> T at(long revision, Supplier<T> write) {
            synchronized (MemoryDeltaTokenRepository.this) {
                RevisionCheck.check(subscription, revision, storedRevision(subscription));
                return write.get();
            }
        }
    }

    private long storedRevision(SubscriptionId subscription) {
        @Nullable Entry entry = tokens.get(subscription);
        return entry == null ? RevisionCheck.NOTHING : entry.checkpoint.revision();
    }

    @Override
    @ManagedOperation(description = "Adds a plain key")
    public synchronized boolean add(String key) {
        boolean added = keys.add(key);
        keys.dropOldest(maxKeys);
        return added;
    }

    @Override
    @ManagedOperation(description = "Whether a plain key is held")
    public synchronized boolean contains(String key) {
        return keys.contains(key);
    }

    @Override
    @ManagedOperation(description = "Removes a plain key")
    public synchronized boolean remove(String key) {
        return keys.remove(key);
    }

    @Override
    public boolean confirm(String key) {
        return true;
    }

    @Override
    @ManagedOperation(description = "Removes all plain keys; tokens stay")
    public synchronized void clear() {
        keys.clear();
    }

    @ManagedAttribute(description = "Number of plain keys")
    public synchronized int getKeyCount() {
        return keys.size();
    }

    @ManagedAttribute(description = "Number of subscriptions with a token")
    public synchronized int getTokenCount() {
        // What an address remembers is no further subscription.
        return (int) tokens.values().stream()
                .filter(entry -> !entry.checkpoint().isMoved())
                .count();
    }

    @ManagedAttribute(description = "How many plain keys are held at most")
    public synchronized int getMaxKeys() {
        return maxKeys;
    }

    /** How many plain keys are held at most, 1,000,000 unless set; the oldest is dropped for the newest. */
    public synchronized void setMaxKeys(int maxKeys) {
        this.maxKeys = BoundedKeySet.checkMax(maxKeys);
    }

    @Override
    public String toString() {
        return "delta tokens in memory";
    }

    private record Entry(Checkpoint checkpoint, Map<String, String> delivered) {}
}
