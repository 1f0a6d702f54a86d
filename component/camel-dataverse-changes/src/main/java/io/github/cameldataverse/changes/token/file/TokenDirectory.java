package io.github.cameldataverse.changes.token.file;

import io.github.cameldataverse.changes.internal.store.Disk;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.TokenStoreException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory of tokens that is open in this process: locked, with its files open, for all file repositories that are
 * started on it. There can be several: each Camel context, each instance of a route template, and each reload of a route may
 * make a bean of its own, and one may begin before the other ends.
 */
final class TokenDirectory implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(TokenDirectory.class);

    /** By real path. Who opens or closes one holds the monitor. */
    private static final Map<Path, TokenDirectory> OPEN = new HashMap<>();

    private final Disk disk;
    private final DirectoryLock lock;
    private final PlainKeyFile keys;
    private final Map<SubscriptionId, TokenFile> files = new ConcurrentHashMap<>();
    private final Map<SubscriptionId, KnownIdsFile> known = new ConcurrentHashMap<>();
    private int users;

    private TokenDirectory(Disk disk, DirectoryLock lock) {
        this.disk = disk;
        this.lock = lock;
        this.keys = new PlainKeyFile(disk, lock);
    }

    /** The directory with one more user, who closes it. */
    static TokenDirectory open(Disk disk, Path directory) {
        try {
            Path real = create(directory).toRealPath();
            synchronized (OPEN) {
                TokenDirectory open = OPEN.get(real);
                if (open == null) {
                    open = opened(disk, real);
                    OPEN.put(real, open);
                }
                open.users++;
                return open;
            }
        } catch (IOException e) {
            throw new TokenStoreException(
                    "Could not open the directory " + directory + " of delta tokens: " + e
                            + ". It must be a directory that this process may write to.",
                    e);
        }
    }

    private static TokenDirectory opened(Disk disk, Path real) throws IOException {
        if (Disk.anyoneMayWrite(real)) {
            LOG.warn("Anyone may write to the directory {} of delta tokens; make it writable by its owner only.", real);
        }
        return new TokenDirectory(disk, DirectoryLock.acquire(disk, real));
    }

    private static Path create(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return directory;
        }
        return Disk.POSIX
                ? Files.createDirectories(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
                : Files.createDirectories(directory);
    }

    TokenFile token(SubscriptionId subscription) {
        return files.computeIfAbsent(subscription, id -> new TokenFile(disk, lock, id));
    }

    KnownIdsFile known(SubscriptionId subscription) {
        return known.computeIfAbsent(subscription, id -> new KnownIdsFile(disk, lock, id, token(id)));
    }

    PlainKeyFile keys() {
        return keys;
    }

    /** One user less; the last one closes the files. */
    @Override
    public void close() throws IOException {
        synchronized (OPEN) {
            users--;
            if (users == 0) {
                OPEN.values().remove(this);
                closeFiles();
            }
        }
    }

    private void closeFiles() throws IOException {
        try (lock;
                keys) {
            for (TokenFile file : files.values()) {
                file.close();
            }
            for (KnownIdsFile file : known.values()) {
                file.close();
            }
        }
    }
}
