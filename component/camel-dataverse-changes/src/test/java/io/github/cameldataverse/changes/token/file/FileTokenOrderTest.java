package io.github.cameldataverse.changes.token.file;

import static io.github.cameldataverse.changes.harness.SampleCheckpoints.ACCOUNTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.harness.SampleCheckpoints;
import io.github.cameldataverse.changes.internal.store.Disk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order of the steps on which a power cut depends: no test can cut the power, so the order is held instead. */
class FileTokenOrderTest {

    @TempDir
    Path directory;

    private final List<String> steps = new ArrayList<>();
    private FileDeltaTokenRepository repository;

    @BeforeEach
    void start() {
        repository = new FileDeltaTokenRepository(new NotedDisk());
        repository.setDirectory(directory.toString());
        repository.start();
        repository.advance(ACCOUNTS, 0, SampleCheckpoints.revision(1));
        steps.clear();
    }

    @AfterEach
    void stop() {
        repository.stop();
    }

    @Test
    void anAdvanceForcesTheJournalThenTheTokenThenMovesItAndOnlyThenEmptiesTheJournal() {
        repository.delivered(ACCOUNTS, 1, "id", "1");
        assertThat(steps).containsExactly("create .delivered", "truncate to 0", "write");
        steps.clear();
        repository.advance(ACCOUNTS, 1, SampleCheckpoints.revision(2));
        assertThat(steps)
                .containsExactly(
                        "force",
                        "delete .token.new",
                        "create .token.new",
                        "write",
                        "force",
                        "move .token.new to .token",
                        "force directory",
                        "truncate to 0");
    }

    @Test
    void notesThatAreCarriedAreForcedBesideTheOthersBeforeTheTokenMovesAndTheJournalIsLeft() {
        repository.delivered(ACCOUNTS, 1, "id", "1");
        steps.clear();
        repository.advance(ACCOUNTS, 1, SampleCheckpoints.revision(2), Map.of("id", "1"));
        assertThat(steps)
                .containsExactly(
                        "force",
                        "delete .delivered.new",
                        "create .delivered.new",
                        "write",
                        "force",
                        "move .delivered.new to .delivered",
                        "force directory",
                        "delete .token.new",
                        "create .token.new",
                        "write",
                        "force",
                        "move .token.new to .token",
                        "force directory");
    }

    @Test
    void aReplaceEmptiesTheJournalForGoodBeforeTheTokenMoves() {
        repository.delivered(ACCOUNTS, 1, "id", "1");
        steps.clear();
        repository.replace(ACCOUNTS, SampleCheckpoints.revision(1));
        assertThat(steps)
                .containsExactly(
                        "truncate to 0",
                        "force",
                        "delete .token.new",
                        "create .token.new",
                        "write",
                        "force",
                        "move .token.new to .token",
                        "force directory");
    }

    @Test
    void aPageWithoutChangesForcesNoJournal() {
        repository.advance(ACCOUNTS, 1, SampleCheckpoints.revision(2));
        assertThat(steps).filteredOn("force"::equals).hasSize(1);
    }

    /** A real disk that writes down what it did. */
    private final class NotedDisk extends Disk {

        @Override
        public void create(Path file) throws IOException {
            super.create(file);
            steps.add("create " + ending(file));
        }

        @Override
        public void write(RandomAccessFile out, byte[] content) throws IOException {
            super.write(out, content);
            steps.add("write");
        }

        @Override
        public void force(RandomAccessFile out) throws IOException {
            super.force(out);
            steps.add("force");
        }

        @Override
        public void truncate(RandomAccessFile out, long length) throws IOException {
            super.truncate(out, length);
            steps.add("truncate to " + length);
        }

        @Override
        public void move(Path from, Path to) throws IOException {
            super.move(from, to);
            steps.add("move " + ending(from) + " to " + ending(to));
        }

        @Override
        public void delete(Path file) throws IOException {
            super.delete(file);
            steps.add("delete " + ending(file));
        }

        @Override
        public void forceDirectory(Path directory) throws IOException {
            super.forceDirectory(directory);
            steps.add("force directory");
        }

        private String ending(Path file) {
            String name = file.getFileName().toString();
            return name.substring(Math.max(0, name.indexOf('.')));
        }
    }
}
