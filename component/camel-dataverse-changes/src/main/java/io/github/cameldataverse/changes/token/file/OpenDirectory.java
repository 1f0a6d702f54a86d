package io.github.cameldataverse.changes.token.file;

import java.io.IOException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a file repository between its start and its stop. Safe for several threads; a stop waits for what is
 * being stored.
 */
final class OpenDirectory {

    private final Supplier<String> name;

    /** Held for reading by those who use the directory, for writing by start and stop. */
    private final ReadWriteLock running = new ReentrantReadWriteLock();

    private @Nullable TokenDirectory opened;

    /** @param name of the repository, for messages */
    OpenDirectory(Supplier<String> name) {
        this.name = name;
    }

    void start(Supplier<TokenDirectory> opening) {
        running.writeLock().lock();
        try {
            opened = opening.get();
        } finally {
            running.writeLock().unlock();
        }
    }

    void stop() throws IOException {
        running.writeLock().lock();
        try {
            if (opened != null) {
                opened.close();
            }
        } finally {
            opened = null;
            running.writeLock().unlock();
        }
    }

    /** @throws IllegalStateException if the repository is not started */
    <T> T ask(Function<TokenDirectory, T> question) {
        running.readLock().lock();
        try {
            if (opened == null) {
                throw new IllegalStateException("The repository of " + name.get() + " is not started.");
            }
            return question.apply(opened);
        } finally {
            running.readLock().unlock();
        }
    }

    /** @throws IllegalStateException if the repository is not started */
    void tell(Consumer<TokenDirectory> action) {
        boolean unused = ask(directory -> {
            action.accept(directory);
            return true;
        });
    }
}
