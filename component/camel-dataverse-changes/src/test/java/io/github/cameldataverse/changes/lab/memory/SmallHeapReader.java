package io.github.cameldataverse.changes.lab.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A {@link SmallHeapProcess} as its test sees it: by what it says, and by being alive. */
final class SmallHeapReader implements AutoCloseable {

    private static final int MOST_LAST_WORDS = 20;

    private final Process process;
    private final Queue<String> said = new ConcurrentLinkedQueue<>();

    SmallHeapReader(ProcessBuilder command) throws IOException {
        process = command.start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        Thread listener = new Thread(() -> output.lines().forEach(said::add), "listener");
        listener.setDaemon(true);
        listener.start();
    }

    /** Lines so far. */
    int lines() {
        return said.size();
    }

    /** Waits for a line with these words, from a line on. */
    void awaitSaid(int from, String words) {
        await(words).atMost(Duration.ofSeconds(90)).failFast(this::requireAlive).untilAsserted(() -> assertThat(
                        said.stream().skip(from))
                .anyMatch(line -> line.contains(words)));
    }

    void awaitSaid(String words) {
        awaitSaid(0, words);
    }

    void requireAlive() {
        assertThat(process.isAlive()).as(this::lastWords).isTrue();
    }

    private String lastWords() {
        return "alive: "
                + said.stream().skip(Math.max(0, said.size() - MOST_LAST_WORDS)).toList();
    }

    @Override
    public void close() throws Exception {
        process.destroyForcibly().waitFor();
    }
}
