package io.github.cameldataverse.changes.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;

/** What a run depends on beside the code: figures of another machine are other figures. */
final class Surroundings {

    private static final String UNKNOWN = "not told";

    private Surroundings() {}

    /** A line for each thing. */
    static String asList() {
        return "- Machine: " + Runtime.getRuntime().availableProcessors() + " processors, " + model() + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch") + "\n"
                + "- JDK: " + System.getProperty("java.runtime.version") + "\n"
                + "- Versions: " + System.getProperty("benchmark.versions", UNKNOWN) + "\n"
                + "- Commit: " + commit() + ", on " + LocalDate.now(ZoneOffset.UTC) + "\n";
    }

    /** Where the system tells it. */
    private static String model() {
        Path file = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(file)) {
            return UNKNOWN;
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As git names it, with the word dirty behind it where files have changed since. */
    private static String commit() {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--exclude=*").start();
            String commit = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return commit.isEmpty() ? UNKNOWN : commit;
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}
