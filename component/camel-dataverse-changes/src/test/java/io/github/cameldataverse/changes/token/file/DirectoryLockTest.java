package io.github.cameldataverse.changes.token.file;

import static io.github.cameldataverse.changes.harness.SampleCheckpoints.ACCOUNTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cameldataverse.changes.harness.ChildProcess;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.SampleCheckpoints;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.TokenConflictException;
import io.github.cameldataverse.changes.token.TokenStoreException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {

    @TempDir
    Path directory;

    @Test
    void repositoriesOfThisProcessShareADirectoryAlsoOverAnotherPath() throws Exception {
        FileDeltaTokenRepository first = started();
        first.advance(ACCOUNTS, 0, SampleCheckpoints.first());
        Path alias = Files.createSymbolicLink(directory.resolveSibling(directory.getFileName() + "-alias"), directory);
        for (Path path : new Path[] {directory, alias, directory.resolve("../" + directory.getFileName())}) {
            FileDeltaTokenRepository second = new FileDeltaTokenRepository(path);
            second.start();
            Checkpoint here = second.load(ACCOUNTS).orElseThrow().checkpoint();
            second.advance(ACCOUNTS, here.revision(), SampleCheckpoints.revision(here.revision() + 1));
            second.delivered(ACCOUNTS, here.revision() + 1, "id", "1");
            assertThat(first.load(ACCOUNTS)).isEqualTo(second.load(ACCOUNTS));
            assertThatThrownBy(() -> first.advance(ACCOUNTS, here.revision(), SampleCheckpoints.revision(9)))
                    .isInstanceOf(TokenConflictException.class);
            second.stop();
            assertThat(first.load(ACCOUNTS)).isPresent();
        }
        Files.delete(alias);
        first.stop();
    }

    @Test
    void theDirectoryIsLockedUntilTheLastRepositoryOfThisProcessStops() throws Exception {
        FileDeltaTokenRepository first = started();
        FileDeltaTokenRepository second = started();
        first.stop();
        assertThat(ofAnotherProcess()).startsWith("The directory " + directory.toRealPath() + " is in use by process ");
        second.stop();
        assertThat(ofAnotherProcess()).isEqualTo("started");
    }

    private String ofAnotherProcess() throws Exception {
        try (ChildProcess other = ChildProcess.run(DirectoryLockProcess.class, directory.toString())) {
            return other.line("started", "The directory");
        }
    }

    @Test
    @ProvesFault("X3")
    void aSecondProcessIsRefusedWithTheIdOfTheFirstAlsoAfterAnotherRepositoryInTheFirst() throws Exception {
        FileDeltaTokenRepository first = started();
        started().stop();
        try (ChildProcess second = ChildProcess.run(DirectoryLockProcess.class, directory.toString())) {
            assertThat(second.line("started", "The directory"))
                    .startsWith("The directory " + directory.toRealPath() + " is in use by process "
                            + ProcessHandle.current().pid() + ", since 20");
        }
        first.stop();
    }

    @Test
    void theLockOfAProcessEndsWhenItIsKilled() throws Exception {
        try (ChildProcess first = ChildProcess.run(DirectoryLockProcess.class, directory.toString())) {
            assertThat(first.line("started", "The directory")).isEqualTo("started");
            assertThatThrownBy(() -> started())
                    .isInstanceOf(TokenStoreException.class)
                    .hasMessageContaining("is in use by process " + first.pid() + ", since 20");
        }
        started().stop();
    }

    @Test
    void hundredsOfStartsAndStopsLeaveNoFileOpen() {
        File open = new File("/proc/self/fd");
        assumeTrue(open.isDirectory());
        startUseStop(5);
        int before = open.list().length;
        startUseStop(300);
        assertThat(open.list().length).isLessThanOrEqualTo(before + 3);
    }

    private void startUseStop(int times) {
        for (int i = 0; i < times; i++) {
            FileDeltaTokenRepository repository = started();
            repository.replace(ACCOUNTS, SampleCheckpoints.first());
            repository.delivered(ACCOUNTS, 1, "id", "1");
            repository.add("key");
            started().stop();
            repository.stop();
        }
    }

    private FileDeltaTokenRepository started() {
        FileDeltaTokenRepository repository = new FileDeltaTokenRepository(directory);
        repository.start();
        return repository;
    }
}
