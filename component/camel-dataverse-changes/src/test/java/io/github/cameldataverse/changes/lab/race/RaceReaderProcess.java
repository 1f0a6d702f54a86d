package io.github.cameldataverse.changes.lab.race;

import io.github.cameldataverse.changes.harness.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A reader of a race in a process of its own, which is killed where another one would be stopped. */
public final class RaceReaderProcess implements Racer {

    private static final String SAYS = "race: ";
    private static final String IDLE = "is idle";
    private static final String POLLS = "polls";
    private static final int MEGABYTES = 128;

    private final String name;
    private final List<String> words;
    private final RaceTrace trace;
    private final AtomicInteger idle = new AtomicInteger();
    private final AtomicInteger polls = new AtomicInteger();
    private Process process;

    RaceReaderProcess(String name, RaceOptions options, RaceStore store, RaceTrace trace) throws IOException {
        this.name = name;
        this.words = new ArrayList<>(List.of(name, store.url()));
        this.words.addAll(options.words());
        this.trace = trace;
        this.process = start();
    }

    /** Arguments: name of the reader, JDBC address of the database, and the words of the options. */
    public static void main(String[] arguments) throws Exception {
        List<String> words = List.of(arguments);
        RaceTrace told = new RaceTrace() {
            @Override
            void add(String who, String what) {
                System.out.println(SAYS + what);
            }
        };
        Racer reader = new RaceReader(
                words.get(0), RaceOptions.of(words.subList(2, words.size())), RaceStore.part(words.get(1)), told);
        told.add(words.get(0), "has started " + reader.idle());
        // Until it is killed: the threads of Camel would let the process end.
        Thread.currentThread().join();
    }

    private Process start() throws IOException {
        Process started = new ProcessBuilder(
                        JavaCommand.of(MEGABYTES, RaceReaderProcess.class, words.toArray(String[]::new)))
                .redirectErrorStream(true)
                .start();
        Thread listener = new Thread(() -> listen(started.inputReader(StandardCharsets.UTF_8)), "listens to " + name);
        listener.setDaemon(true);
        listener.start();
        return started;
    }

    private void listen(BufferedReader output) {
        output.lines().filter(line -> line.startsWith(SAYS)).forEach(line -> {
            trace.add(name, line.substring(SAYS.length()));
            if (line.endsWith(IDLE)) {
                idle.incrementAndGet();
            } else if (line.endsWith(POLLS)) {
                polls.incrementAndGet();
            }
        });
    }

    @Override
    public int idle() {
        return idle.get();
    }

    @Override
    public int polls() {
        return polls.get();
    }

    @Override
    public void restart() throws Exception {
        close();
        trace.add(name, "was killed");
        process = start();
    }

    @Override
    public void close() throws Exception {
        process.destroyForcibly().waitFor();
    }
}
