package io.github.cameldataverse.changes.example.neighbours;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A PostgreSQL server that outlived a JVM which was killed, and still holds the data directory. A server whose JVM
 * lives is no orphan: that JVM holds the lock in the directory.
 */
final class OrphanedServer {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path directory;

    OrphanedServer(Path directory) {
        this.directory = directory;
    }

    /** Stops the server, if there is one, and waits until it is gone. */
    void stop() {
        refuseIfOwned();
        find().ifPresent(OrphanedServer::end);
    }

    private void refuseIfOwned() {
        if (isLocked(directory.resolve("epg-lock"))) {
            throw new IllegalStateException("Another process uses the database in " + directory
                    + ". Stop it, or set quarkus.neighbours.postgres.data-directory to another directory.");
        }
    }

    private static boolean isLocked(Path lockFile) {
        if (!Files.exists(lockFile)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true; // held by this JVM
        } catch (IOException e) {
            throw new UncheckedIOException("Could not look at " + lockFile + ".", e);
        }
    }

    private Optional<ProcessHandle> find() {
        Path pidFile = directory.resolve("postmaster.pid");
        try {
            return Files.exists(pidFile)
                    ? ProcessHandle.of(Long.parseLong(
                                    Files.readAllLines(pidFile).get(0).trim()))
                            .filter(OrphanedServer::isPostgres)
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + pidFile + ".", e);
        }
    }

    // The number may have gone to another program since.
    private static boolean isPostgres(ProcessHandle process) {
        return process.info().command().orElse("").contains("postgres");
    }

    private static void end(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Could not wait for the end of process " + process.pid() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
