package io.github.cameldataverse.changes.token.file;

import io.github.cameldataverse.changes.internal.store.BoundedKeySet;
import io.github.cameldataverse.changes.internal.store.Disk;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.DeliveredChange;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.KnownIds;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.SubscriptionId;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/**
 * Holds delta tokens and plain keys in one directory on a local disk.
 *
 * <p>Of each subscription there is a checkpoint, replaced whole by an atomic move and forced to the disk, and a journal of
 * what is delivered of the current page, forced once per page. After a crash of the process at most one change is
 * delivered twice; after a power cut at most one page. The files may be read by their owner only (where the file system
 * knows POSIX permissions), they carry checksums against damage, not against forgery, and symbolic links among them are
 * refused.
 *
 * <p>One process uses a directory at a time; a second one is refused at its start with the name of the first. The lock
 * ends with the process; on a network file system it is as good as the locks there. Repositories of one process share the
 * directory, with the same tokens and the same plain keys: each reader of it should have a table, or a subscription, of its
 * own. Plain keys are held in memory too, bounded by {@link #setMaxKeys}; a power cut may lose the last ones.
 *
 * <p>Must be started, as its first reader does, and each idempotent consumer; the last reader stops it. Safe for use by several threads; an interrupted one completes its write.
 */
@Metadata(
        label = "bean",
        description = "Holds delta tokens, and the keys of an idempotent consumer, in a directory.",
        annotations = {"interfaceName=org.apache.camel.spi.IdempotentRepository"})
@Configurer(metadataOnly = true)
@ManagedResource(description = "Delta tokens in a directory")
public class FileDeltaTokenRepository extends ServiceSupport implements DeltaTokenRepository {

    private final Disk disk;
    private final OpenDirectory open = new OpenDirectory(this::toString);

    @Metadata(description = "Directory of the tokens, made if missing; no other process may use it", required = true)
    private @Nullable String directory;

    @Metadata(description = "Plain keys held at most; the oldest is dropped", defaultValue = "1000000")
    private int maxKeys = BoundedKeySet.DEFAULT_MAX;

    /** A repository of which the directory is still to be set. */
    public FileDeltaTokenRepository() {
        this(new Disk());
    }

    /** @param directory where the tokens are; made at the start if missing */
    public FileDeltaTokenRepository(File directory) {
        this(new Disk());
        this.directory = directory.getPath();
    }

    /**
     * For a text, such as the one of {@code #class:…FileDeltaTokenRepository('/var/lib/tokens')} in a URI.
     *
     * @param directory where the tokens are; made at the start if missing
     */
    public FileDeltaTokenRepository(String directory) {
        this(new File(directory));
    }

    /** @param directory where the tokens are, in the default file system; made at the start if missing */
    public FileDeltaTokenRepository(Path directory) {
        this(directory.toFile());
    }

    FileDeltaTokenRepository(Disk disk) {
        this.disk = disk;
    }

    /** @throws TokenStoreException if the directory cannot be used, or another process uses it */
    @Override
    protected void doStart() {
        if (directory == null) {
            throw new IllegalArgumentException("FileDeltaTokenRepository needs the property 'directory'.");
        }
        String place = directory;
        open.start(() -> TokenDirectory.open(disk, Path.of(place)));
    }

    @Override
    protected void doStop() throws IOException {
        open.stop();
    }

    @Override
    public Optional<StoredToken> load(SubscriptionId subscription) {
        return open.ask(directory -> directory.token(subscription).load());
    }

    @Override
    public void delivered(SubscriptionId subscription, long revision, String recordId, String what) {
        List<DeliveredChange> delivery = List.of(new DeliveredChange(recordId, what));
        open.tell(directory -> directory.token(subscription).delivered(revision, delivery));
    }

    @Override
    public void delivered(SubscriptionId subscription, long revision, Map<String, String> delivered) {
        List<DeliveredChange> deliveries = DeliveredChange.all(delivered);
        open.tell(directory -> directory.token(subscription).delivered(revision, deliveries));
    }

    @Override
    public void advance(
            SubscriptionId subscription, long expectedRevision, Checkpoint next, Map<String, String> delivered) {
        List<DeliveredChange> carried = DeliveredChange.all(delivered);
        open.tell(directory -> directory.token(subscription).advance(expectedRevision, next, carried, () -> {}));
    }

    @Override
    public StoredToken takeOver(SubscriptionId subscription, long expectedRevision, Checkpoint next) {
        return open.ask(directory -> directory.token(subscription).takeOver(expectedRevision, next));
    }

    @Override
    public void replace(SubscriptionId subscription, Checkpoint next) {
        open.tell(directory -> directory.token(subscription).replace(next));
    }

    @Override
    public Optional<KnownIds> knownIds(SubscriptionId subscription) {
        return Optional.of(new FileKnownIds(open, subscription));
    }

    @Override
    @ManagedOperation(description = "Adds a plain key")
    public boolean add(String key) {
        return open.ask(directory -> directory.keys().add(key, maxKeys));
    }

    @Override
    @ManagedOperation(description = "Whether a plain key is held")
    public boolean contains(String key) {
        return open.ask(directory -> directory.keys().contains(key));
    }

    @Override
    @ManagedOperation(description = "Removes a plain key")
    public boolean remove(String key) {
        return open.ask(directory -> directory.keys().remove(key));
    }

    @Override
    public boolean confirm(String key) {
        return true;
    }

    @Override
    @ManagedOperation(description = "Removes all plain keys; tokens stay")
    public void clear() {
        open.tell(directory -> directory.keys().clear());
    }

    @ManagedAttribute(description = "Number of plain keys")
    public int getKeyCount() {
        return open.ask(directory -> directory.keys().size());
    }

    @ManagedAttribute(description = "Directory of the tokens")
    public @Nullable String getDirectory() {
        return directory;
    }

    /** The directory of the tokens, made at the start if missing. Text, because not every CamelContext converts to files. */
    public void setDirectory(String directory) {
        this.directory = directory;
    }

    @ManagedAttribute(description = "How many plain keys are held at most")
    public int getMaxKeys() {
        return maxKeys;
    }

    /** How many plain keys are held at most, 1,000,000 unless set; the oldest is dropped for the newest. */
    public void setMaxKeys(int maxKeys) {
        this.maxKeys = BoundedKeySet.checkMax(maxKeys);
    }

    @Override
    public String toString() {
        return "delta tokens in directory " + directory;
    }
}
