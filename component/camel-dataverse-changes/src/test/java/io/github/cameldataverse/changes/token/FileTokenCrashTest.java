package io.github.cameldataverse.changes.token;

import static io.github.cameldataverse.changes.token.Tokens.ACCOUNTS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that die, and disks that fail, at every single step. */
class FileTokenCrashTest {

    @TempDir
    Path parent;

    @Test
    void aProcessThatDiesAtAnyStepLeavesTheOldOrTheNewToken() throws Exception {
        int step = 1;
        while (dies(parent.resolve("halted-" + step), step)) {
            step++;
        }
        assertThat(step).as("steps of the walk").isGreaterThan(30);
    }

    private static boolean dies(Path directory, int step) throws Exception {
        try (ChildProcess reader = ChildProcess.run(HaltedReader.class, directory.toString(), Integer.toString(step))) {
            List<String> told = reader.lines().stream()
                    .filter(line -> line.startsWith("told "))
                    .toList();
            Walk walk = told(HaltedReader.PAGES, told);
            boolean died = reader.exitCode() == HaltedReader.HALTED;
            assertThat(died || (reader.exitCode() == 0 && walk.isAtEnd()))
                    .as("step %s", step)
                    .isTrue();
            assertRecovers(directory, walk);
            return died;
        }
    }

    private static Walk told(long pages, List<String> told) {
        return told.isEmpty()
                ? new Walk(pages)
                : new Walk(pages, told.get(told.size() - 1).substring(5));
    }

    @Test
    void aDiskThatFailsOnceAtAnyStepLeavesTheOldOrTheNewToken() {
        int step = 1;
        while (fails(parent.resolve("once-" + step), step, step)) {
            step++;
        }
        assertThat(step).as("steps of the walk").isGreaterThan(60);
    }

    @Test
    void aDiskThatFailsFromAnyStepOnLeavesTheOldOrTheNewToken() {
        int step = 1;
        while (fails(parent.resolve("ever-" + step), step, Integer.MAX_VALUE)) {
            step++;
        }
        assertThat(step).as("steps of the walk").isGreaterThan(60);
    }

    /** Walks on a disk whose steps {@code from} to {@code to} fail; whether it came to that. */
    private static boolean fails(Path directory, int from, int to) {
        AtomicInteger steps = new AtomicInteger();
        FileDeltaTokenRepository repository = new FileDeltaTokenRepository(new StepDisk(() -> {
            int step = steps.incrementAndGet();
            if (step >= from && step <= to) {
                throw new IOException("No space left on device");
            }
        }));
        repository.setDirectory(directory.toString());
        Walk walk = new Walk(4);
        try {
            repository.start();
            walk.on(repository, () -> {});
            return false;
        } catch (TokenStoreException e) {
            assertThat(e).hasMessageContaining("No space left on device").hasMessageContaining(directory.toString());
            return true;
        } finally {
            goOnInTheSameProcess(repository, walk, steps, to);
            repository.stop();
            assertRecovers(directory, walk);
        }
    }

    /** A disk that failed once has healed: the same repository must go on by itself. */
    private static void goOnInTheSameProcess(
            FileDeltaTokenRepository repository, Walk walk, AtomicInteger steps, int to) {
        if (repository.isStarted() && steps.get() >= to) {
            walk.assertStored(repository.load(ACCOUNTS));
            walk.on(repository, () -> {});
            assertThat(walk.isAtEnd()).isTrue();
        }
    }

    private static void assertRecovers(Path directory, Walk walk) {
        FileDeltaTokenRepository repository = new FileDeltaTokenRepository(directory);
        repository.start();
        walk.assertStored(repository.load(ACCOUNTS));
        Walk rest = new Walk(5);
        rest.on(repository, () -> {});
        assertThat(rest.isAtEnd()).isTrue();
        repository.stop();
        assertThat(directory).isDirectoryNotContaining("glob:**.new");
    }
}
