package io.github.cameldataverse.changes.lab.crash;

import io.github.cameldataverse.changes.lab.crash.point.CrashPoints;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A reader in a process of its own. */
final class CrashReaderProcess {

    private static final String HALTED = "halted ";
    /** 128 and the number of the signal. */
    private static final int KILLED = 137;

    private static final long LONGEST_MINUTES = 2;

    private final Process process;
    private final BufferedReader output;

    private CrashReaderProcess(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    static CrashReaderProcess start(ClassDataArchive image, CrashReaderOptions setup, String point) throws IOException {
        List<String> command = new ArrayList<>(image.java());
        command.addAll(List.of(CrashReader.class.getName(), point));
        command.addAll(setup.words());
        return new CrashReaderProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Waits for its end; the kind of point at which it died, or nothing if it came to its end by itself. */
    String end() throws Exception {
        List<String> lines = output.lines().toList();
        if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("The reader neither died nor ended: " + lines);
        }
        if (process.exitValue() != 0 && process.exitValue() != CrashPoints.HALTED) {
            throw new AssertionError("The reader ended with " + process.exitValue() + ": " + lines);
        }
        return lines.stream()
                .filter(line -> line.startsWith(HALTED))
                .map(line -> line.substring(HALTED.length()))
                .findFirst()
                .orElse("");
    }

    /** Waits until it says that it is asleep. */
    void awaitSleep() throws IOException {
        awaitLine("asleep");
    }

    void wake() throws Exception {
        new ProcessBuilder("kill", "-CONT", Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    private void awaitLine(String start) throws IOException {
        String line = output.readLine();
        while (line != null && !line.startsWith(start)) {
            line = output.readLine();
        }
    }

    /** Kills it a while after its start; whether it died of that, and had not come to its end before. */
    boolean killedAfter(long millis) throws Exception {
        awaitLine("started");
        boolean ended = process.waitFor(millis, TimeUnit.MILLISECONDS);
        return process.destroyForcibly().waitFor() == KILLED && !ended;
    }
}
