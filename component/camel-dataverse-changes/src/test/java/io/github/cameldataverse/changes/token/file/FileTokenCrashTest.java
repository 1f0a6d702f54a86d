package io.github.cameldataverse.changes.token.file;

import static io.github.cameldataverse.changes.harness.SampleCheckpoints.ACCOUNTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.harness.ChildProcess;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.SampleCheckpoints;
import io.github.cameldataverse.changes.internal.store.Disk;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.TokenConflictException;
import io.github.cameldataverse.changes.token.TokenStoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that die, and disks that fail, at every single step. */
class FileTokenCrashTest {

    private static final long PAGES_OF_A_PROCESS = 2;
    private static final int KILLS = 150;

    @TempDir
    Path parent;

    @Test
    @ProvesFault("C6")
    void aProcessThatDiesAtAnyStepLeavesTheOldOrTheNewToken() throws Exception {
        int step = 1;
        while (dies(parent.resolve("halted-" + step), step)) {
            step++;
        }
        assertThat(step).as("steps of the walk").isGreaterThan(30);
    }

    private static boolean dies(Path directory, int step) throws Exception {
        try (ChildProcess reader = reader(directory, step, PAGES_OF_A_PROCESS)) {
            CheckpointWalk walk = told(PAGES_OF_A_PROCESS, reader.lines());
            boolean died = reader.exitCode() == HaltedReaderProcess.HALTED;
            assertThat(died || (reader.exitCode() == 0 && walk.isAtEnd()))
                    .as("step %s", step)
                    .isTrue();
            assertRecovers(directory, walk);
            return died;
        }
    }

    private static ChildProcess reader(Path directory, int lastStep, long pages) throws IOException {
        return ChildProcess.run(
                HaltedReaderProcess.class, directory.toString(), Integer.toString(lastStep), Long.toString(pages));
    }

    private static CheckpointWalk told(long pages, List<String> lines) {
        return lines.stream()
                .filter(line -> line.matches("told \\d+ \\d+"))
                .reduce((earlier, later) -> later)
                .map(last -> new CheckpointWalk(pages, last.substring(5)))
                .orElseGet(() -> new CheckpointWalk(pages));
    }

    @Test
    @Tag("lab")
    @ProvesFault("C6")
    void aProcessThatIsKilledAtAnyMomentLeavesTheOldOrTheNewToken() throws Exception {
        Random random = new Random(4);
        int midway = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Path directory = parent.resolve("killed-" + kill);
            try (ChildProcess reader = reader(directory, Integer.MAX_VALUE, Long.MAX_VALUE)) {
                assertThat(reader.line("told ")).isEqualTo("told 0 0");
                assertThat(reader.killedAfter(random.nextInt(400))).isTrue();
                CheckpointWalk walk = told(Long.MAX_VALUE, reader.lines());
                midway += walk.hasBegun() ? 1 : 0;
                assertLeft(directory, walk);
            }
        }
        System.out.printf("%d readers killed, %d of them in mid-walk, every token whole%n", KILLS, midway);
    }

    private static void assertLeft(Path directory, CheckpointWalk walk) {
        FileDeltaTokenRepository repository = new FileDeltaTokenRepository(directory);
        repository.start();
        walk.assertStored(repository.load(ACCOUNTS));
        repository.stop();
    }

    @Test
    @ProvesFault("R5")
    void notesOfAnAttemptThatDidNotMoveTheCheckpointNeverCountWithAnother() {
        int step = 1;
        while (attemptFails(parent.resolve("attempt-" + step), step)) {
            step++;
        }
        assertThat(step).as("steps of the advance").isGreaterThan(12);
    }

    /** Advances with a note on a disk that fails at a step, then without it in a process that dies behind the move. */
    private static boolean attemptFails(Path directory, int failing) {
        AtomicInteger steps = new AtomicInteger(Integer.MIN_VALUE);
        FileDeltaTokenRepository repository = new FileDeltaTokenRepository(new SteppedDisk(() -> {
            if (steps.incrementAndGet() == failing) {
                throw new IOException("No space left on device");
            }
        }));
        repository.setDirectory(directory.toString());
        repository.start();
        repository.advance(ACCOUNTS, 0, SampleCheckpoints.revision(1));
        repository.delivered(ACCOUNTS, 1, "id", "1");
        steps.set(0);
        boolean failed = false;
        try {
            repository.advance(ACCOUNTS, 1, SampleCheckpoints.revision(2), Map.of("id", "1"));
        } catch (TokenStoreException e) {
            failed = true;
        }
        repository.stop();
        goesOnWithoutTheNote(directory);
        return failed;
    }

    private static void goesOnWithoutTheNote(Path directory) {
        FileDeltaTokenRepository repository = new FileDeltaTokenRepository(new DiskThatFailsBehindTheMoveOfAToken());
        repository.setDirectory(directory.toString());
        repository.start();
        try {
            repository.advance(ACCOUNTS, 1, SampleCheckpoints.revision(2));
        } catch (TokenStoreException e) {
            assertThat(repository.load(ACCOUNTS)).contains(new StoredToken(SampleCheckpoints.revision(2), Map.of()));
        } catch (TokenConflictException e) {
            assertThat(repository.load(ACCOUNTS))
                    .contains(new StoredToken(SampleCheckpoints.revision(2), Map.of("id", "1")));
        }
        repository.stop();
    }

    private static final class DiskThatFailsBehindTheMoveOfAToken extends Disk {

        @Override
        public void move(Path from, Path to) throws IOException {
            super.move(from, to);
            if (to.toString().endsWith(".token")) {
                throw new IOException("No space left on device");
            }
        }
    }

    @Test
    @ProvesFault("R5")
    void aDiskThatFailsOnceAtAnyStepLeavesTheOldOrTheNewToken() {
        int step = 1;
        while (fails(parent.resolve("once-" + step), step, step)) {
            step++;
        }
        assertThat(step).as("steps of the walk").isGreaterThan(60);
    }

    @Test
    @ProvesFault("R5")
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
        FileDeltaTokenRepository repository = new FileDeltaTokenRepository(new SteppedDisk(() -> {
            int step = steps.incrementAndGet();
            if (step >= from && step <= to) {
                throw new IOException("No space left on device");
            }
        }));
        repository.setDirectory(directory.toString());
        CheckpointWalk walk = new CheckpointWalk(4);
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
            FileDeltaTokenRepository repository, CheckpointWalk walk, AtomicInteger steps, int to) {
        if (repository.isStarted() && steps.get() >= to) {
            walk.assertStored(repository.load(ACCOUNTS));
            walk.on(repository, () -> {});
            assertThat(walk.isAtEnd()).isTrue();
        }
    }

    private static void assertRecovers(Path directory, CheckpointWalk walk) {
        FileDeltaTokenRepository repository = new FileDeltaTokenRepository(directory);
        repository.start();
        walk.assertStored(repository.load(ACCOUNTS));
        CheckpointWalk rest = new CheckpointWalk(5);
        rest.on(repository, () -> {});
        assertThat(rest.isAtEnd()).isTrue();
        repository.stop();
        assertThat(directory).isDirectoryNotContaining("glob:**.new");
    }
}
