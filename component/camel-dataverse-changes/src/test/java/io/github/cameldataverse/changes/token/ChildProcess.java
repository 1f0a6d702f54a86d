package io.github.cameldataverse.changes.token;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A second process on the class path of this one. */
final class ChildProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    private ChildProcess(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    static ChildProcess run(Class<?> main, String... arguments) throws IOException {
        return run("-Xmx64m", main, arguments);
    }

    static ChildProcess run(String heap, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                heap,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ChildProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    long pid() {
        return process.pid();
    }

    /** The next line that starts as given; logging may stand between. */
    String line(String... starts) throws IOException {
        String line = output.readLine();
        while (line != null && !startsWithOneOf(line, starts)) {
            line = output.readLine();
        }
        return String.valueOf(line);
    }

    private static boolean startsWithOneOf(String line, String... starts) {
        return List.of(starts).stream().anyMatch(line::startsWith);
    }

    /** All that it still says, until its end. */
    List<String> lines() {
        return output.lines().toList();
    }

    /** Lets it run for a while and kills it; whether it was still there. */
    boolean killedAfter(long millis) throws InterruptedException {
        boolean ended = process.waitFor(millis, TimeUnit.MILLISECONDS);
        boolean unused = process.toHandle().destroyForcibly(); // the process itself would close its output too
        process.waitFor();
        return !ended;
    }

    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() throws Exception {
        process.destroyForcibly().waitFor();
    }
}
