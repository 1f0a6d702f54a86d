package io.github.cameldataverse.changes.example.neighbours;

import io.github.cameldataverse.changes.example.neighbours.NeighboursConfig.Neighbour;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * Where a neighbour lives.
 *
 * @param port on 127.0.0.1; 0 for a free one
 * @param dataDirectory kept over a restart; empty for a temporary one
 */
record Place(int port, Optional<String> dataDirectory) {

    static Place of(Neighbour neighbour) {
        return new Place(neighbour.port().orElse(0), neighbour.dataDirectory());
    }

    /** The port asked for, or one that was free a moment ago. */
    int choosePort() {
        return port > 0 ? port : freePort();
    }

    /** Refuses a port that another process has; the application would talk to that process and not know. */
    static void requireFree(int port, String neighbour) {
        try {
            take(port);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "Port " + port
                            + " of 127.0.0.1 is taken. Stop what uses it, perhaps another run of this application, or"
                            + " set quarkus.neighbours." + neighbour + ".port to another number.",
                    e);
        }
    }

    private static boolean isFree(int port) {
        try {
            take(port);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Takes a port, and gives it back at once. */
    private static void take(int port) throws IOException {
        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    }

    /** The directory asked for, or a new temporary one. */
    Path chooseDirectory(String neighbour) {
        try {
            return dataDirectory.isPresent()
                    ? Files.createDirectories(Path.of(dataDirectory.get()).toAbsolutePath())
                    : Files.createTempDirectory(neighbour);
        } catch (IOException e) {
            throw new UncheckedIOException("No directory for the data of " + neighbour + ".", e);
        }
    }

    /** Deletes a directory that {@link #chooseDirectory} made up; keeps one that was asked for. */
    void abandon(Path directory) {
        if (dataDirectory.isEmpty() && Files.exists(directory)) {
            deleteTree(directory);
        }
    }

    /** Below the range of ephemeral ports, so that the system does not give it to a client meanwhile. */
    private static int freePort() {
        return ThreadLocalRandom.current()
                .ints(1_000, 20_000, 30_000)
                .filter(Place::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No free port on 127.0.0.1."));
    }

    private static void deleteTree(Path directory) {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not delete the temporary directory " + directory + ".", e);
        }
    }
}
