package io.github.cameldataverse.changes.testkit.internal.journal;

import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationEvent;
import io.github.cameldataverse.changes.testkit.internal.organization.WriteAheadLog;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A file of events from which an organization can be made again. An event is passed to the operating system before it takes
 * effect, so it survives a sudden end of the process; it is not forced to the disk, so a power cut may lose the last ones.
 * The directory is locked: one process at a time. Thread-safe.
 */
public final class OrganizationJournal implements WriteAheadLog, AutoCloseable {
    private static final long WORTH_COMPACTING = 8 * 1024 * 1024;

    private final Path file;
    private final FileChannel lockFile;
    private final long entries;
    private FileChannel channel;

    /**
     * Opens the journal in a directory, which is created if necessary, and passes on the events in it.
     *
     * @param directory of the journal
     * @param replay receives every event in order
     */
    public OrganizationJournal(Path directory, Consumer<OrganizationEvent> replay) {
        file = directory.resolve("organization.journal");
        try {
            Files.createDirectories(directory);
            lockFile = lock(directory);
        } catch (IOException refused) {
            throw new UncheckedIOException("The journal in " + directory + " cannot be opened", refused);
        }
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            entries = readAll(replay);
        } catch (IOException | RuntimeException refused) {
            unlock();
            throw refused instanceof RuntimeException runtime
                    ? runtime
                    : new UncheckedIOException("The journal " + file + " cannot be read", (IOException) refused);
        }
    }

    /** Whether it has so many more events than the organization needs that compacting is worth the time. */
    public boolean isLong(long needed) {
        return position() > WORTH_COMPACTING && entries > 2 * needed;
    }

    /** Replaces its content with these events. */
    public synchronized void compact(Consumer<Consumer<OrganizationEvent>> snapshot) {
        Path fresh = file.resolveSibling("organization.journal.new");
        try {
            writeAll(fresh, snapshot);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            channel.close();
            channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        } catch (IOException refused) {
            throw new UncheckedIOException("The journal " + file + " cannot be written anew", refused);
        }
    }

    @Override
    public synchronized void append(OrganizationEvent event) {
        ByteBuffer line = ByteBuffer.wrap(JournalLine.of(JournalEntry.textOf(event)));
        try {
            while (line.hasRemaining()) {
                channel.write(line);
            }
        } catch (IOException refused) {
            throw new UncheckedIOException("The journal " + file + " cannot be written to", refused);
        }
    }

    @Override
    public synchronized void close() {
        try {
            channel.close();
        } catch (IOException refused) {
            throw new UncheckedIOException("The journal " + file + " cannot be closed", refused);
        }
        unlock();
    }

    private long readAll(Consumer<OrganizationEvent> replay) throws IOException {
        OrganizationJournalReader reader = new OrganizationJournalReader(file);
        reader.read(replay);
        channel.truncate(reader.goodBytes()).position(reader.goodBytes());
        return reader.entries();
    }

    private void unlock() {
        try {
            lockFile.close();
        } catch (IOException refused) {
            throw new UncheckedIOException("The journal " + file + " cannot be unlocked", refused);
        }
    }

    private long position() {
        try {
            return channel.position();
        } catch (IOException refused) {
            throw new UncheckedIOException("The journal " + file + " cannot be read", refused);
        }
    }

    private static void writeAll(Path fresh, Consumer<Consumer<OrganizationEvent>> snapshot) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(fresh), 1 << 16)) {
            snapshot.accept(event -> {
                try {
                    out.write(JournalLine.of(JournalEntry.textOf(event)));
                } catch (IOException refused) {
                    throw new UncheckedIOException("The journal " + fresh + " cannot be written", refused);
                }
            });
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel opened = FileChannel.open(
                directory.resolve("organization.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(opened) == null) {
            opened.close();
            throw new IllegalStateException("The journal in " + directory
                    + " is in use by another simulator; stop that one, or take another directory");
        }
        return opened;
    }

    private static @Nullable FileLock tryLock(FileChannel opened) throws IOException {
        try {
            return opened.tryLock();
        } catch (OverlappingFileLockException ownProcess) {
            return null;
        }
    }
}
