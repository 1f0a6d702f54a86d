package io.github.cameldataverse.changes.example;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What arrived at each sink: one key per line in {@code journal/<sink>.txt}, written after the sink has the change, and
 * a count by type for the log. Safe for use by several threads.
 */
@ApplicationScoped
class Arrivals {

    private final Path directory;
    private final Map<String, Map<String, Integer>> countsBySink = new TreeMap<>();

    Arrivals(@ConfigProperty(name = "example.data") String data) {
        directory = Path.of(data, "journal");
    }

    void note(String sink, Incoming change) {
        note(sink, change.type().word(), change.key());
    }

    synchronized void note(String sink, String type, String key) {
        append(sink, key);
        countsBySink.computeIfAbsent(sink, s -> new TreeMap<>()).merge(type, 1, Integer::sum);
    }

    /** What arrived since the last call, by sink and then by type. */
    synchronized Map<String, Map<String, Integer>> take() {
        Map<String, Map<String, Integer>> taken = new TreeMap<>(countsBySink);
        countsBySink.clear();
        return taken;
    }

    private void append(String sink, String key) {
        try {
            Files.createDirectories(directory);
            Files.writeString(
                    directory.resolve(sink + ".txt"), key + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write the journal of " + sink + " in " + directory + ".", e);
        }
    }
}
