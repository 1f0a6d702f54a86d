package io.github.cameldataverse.changes.token.file;

import io.github.cameldataverse.changes.internal.store.Disk;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.TokenStoreException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory of a file repository between its start and its stop: locked, with its files open. */
final class TokenDirectory implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(TokenDirectory.class);

    private final Disk disk;
    private final DirectoryLock lock;
    private final PlainKeyFile keys;
    private final Map<SubscriptionId, TokenFile> files = new ConcurrentHashMap<>();
    private final Map<SubscriptionId, KnownIdsFile> known = new ConcurrentHashMap<>();

    private TokenDirectory(Disk disk, DirectoryLock lock, int maxKeys) {
        this.disk = disk;
        this.lock = lock;
        this.keys = new PlainKeyFile(disk, lock, maxKeys);
    }

    static TokenDirectory open(Disk disk, Path directory, int maxKeys) {
        try {
            Path real = create(directory).toRealPath();
            if (Disk.anyoneMayWrite(real)) {
                LOG.warn(
                        "Anyone may write to the directory {} of delta tokens; make it writable by its owner only.",
                        real);
            }
            return new TokenDirectory(disk, DirectoryLock.acquire(disk, real), maxKeys);
        } catch (IOException e) {
            throw new TokenStoreException(
                    "Could not open the directory " + directory + " of delta tokens: " + e
                            + ". It must be a directory that this process may write to.",
                    e);
        }
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

    @Override
    public void close() throws IOException {
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
