package io.github.cameldataverse.changes.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a reader may leave behind in this process. */
public final class LeakCheck {

    private LeakCheck() {}

    /** Names of the live threads that belong to readers: those that poll, and those of their components. */
    public static List<String> threads() {
        return alive().filter(name -> name.contains("dataverse-changes:") || name.contains("DataverseDeadline"))
                .toList();
    }

    /** Names of the live threads that poll. A component watches over deadlines until its context ends. */
    public static List<String> pollingThreads() {
        return alive().filter(name -> name.contains("dataverse-changes:")).toList();
    }

    private static Stream<String> alive() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName);
    }

    /** Sockets that this process holds open, the waiting ones included. */
    public static long sockets() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(LeakCheck::isSocket).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            return false; // It was closed in between.
        }
    }
}
