package io.github.cameldataverse.changes.token.file;

import io.github.cameldataverse.changes.internal.store.Disk;
import io.github.cameldataverse.changes.token.TokenStoreException;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;

/** Keeps other processes out of a directory. It ends with the process. */
final class DirectoryLock implements Closeable {

    private static final String NAME = "dataverse-changes.lock";

    /** Behind any content: on some systems what is locked cannot be read, and the next process has to read our name. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private final Path directory;
    private final RandomAccessFile lock;

    private DirectoryLock(Path directory, RandomAccessFile lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /**
     * To be acquired once at a time in this process: on POSIX systems closing the file a second time gives up the lock that
     * is held.
     *
     * @param directory real path of the directory
     */
    static DirectoryLock acquire(Disk disk, Path directory) throws IOException {
        return new DirectoryLock(directory, locked(disk, directory));
    }

    private static RandomAccessFile locked(Disk disk, Path directory) throws IOException {
        RandomAccessFile file = open(disk, directory.resolve(NAME));
        try {
            if (file.getChannel().tryLock(LOCKED_BYTE, 1, false) == null) {
                throw inUse(directory, owner(file));
            }
            file.setLength(0);
            file.writeBytes(self() + ", since " + Instant.now());
            return file;
        } catch (OverlappingFileLockException e) {
            file.close();
            throw inUse(directory, "another application in this process, " + self());
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static RandomAccessFile open(Disk disk, Path file) throws IOException {
        if (Disk.isMissing(file)) {
            disk.create(file);
        }
        return new RandomAccessFile(file.toFile(), "rw");
    }

    private static String owner(RandomAccessFile file) throws IOException {
        byte[] name = new byte[200];
        int length = file.read(name);
        return length <= 0 ? "another process" : new String(name, 0, length, StandardCharsets.ISO_8859_1);
    }

    private static String self() {
        return "process " + ProcessHandle.current().pid();
    }

    private static TokenStoreException inUse(Path directory, String owner) {
        return new TokenStoreException("The directory " + directory + " is in use by " + owner
                + ". Two readers must not share it: stop the other one, or give this one a directory of its own.");
    }

    Path resolve(String name) {
        return directory.resolve(name);
    }

    /** Throws if the directory is no longer the one that was locked: a missing token would then mean nothing. */
    void requireStillThere() throws IOException {
        if (!Files.exists(directory.resolve(NAME), LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(
                    directory.toString(), null, "the directory was removed or unmounted meanwhile");
        }
    }

    /** The file stays, without an owner's name: if it were removed, two processes could lock the directory at the same moment. */
    @Override
    public void close() throws IOException {
        try (lock) {
            lock.setLength(0);
        }
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
