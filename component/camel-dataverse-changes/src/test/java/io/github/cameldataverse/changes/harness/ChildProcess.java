package io.github.cameldataverse.changes.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A second process on the class path of this one. */
public final class ChildProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    private ChildProcess(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    public static ChildProcess run(Class<?> main, String... arguments) throws IOException {
        return run(64, main, arguments);
    }

    public static ChildProcess run(int megabytes, Class<?> main, String... arguments) throws IOException {
        return new ChildProcess(new ProcessBuilder(JavaCommand.of(megabytes, main, arguments))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** @param environment variables beside those of this process */
    public static ChildProcess run(Map<String, String> environment, Class<?> main, String... arguments)
            throws IOException {
        ProcessBuilder command =
                new ProcessBuilder(JavaCommand.of(128, main, arguments)).redirectError(ProcessBuilder.Redirect.INHERIT);
        command.environment().putAll(environment);
        return new ChildProcess(command.start());
    }

    public long pid() {
        return process.pid();
    }

    /** The next line that starts as given; logging may stand between. */
    public String line(String... starts) throws IOException {
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
    public List<String> lines() {
        return output.lines().toList();
    }

    /** Lets it run for a while and kills it; whether it was still there. */
    public boolean killedAfter(long millis) throws InterruptedException {
        boolean ended = process.waitFor(millis, TimeUnit.MILLISECONDS);
        boolean unused = process.toHandle().destroyForcibly(); // the process itself would close its output too
        process.waitFor();
        return !ended;
    }

    public int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() throws Exception {
        process.destroyForcibly().waitFor();
    }
}
