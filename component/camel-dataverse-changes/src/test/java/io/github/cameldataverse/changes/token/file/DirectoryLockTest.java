package io.github.cameldataverse.changes.token.file;

import static io.github.cameldataverse.changes.harness.SampleCheckpoints.ACCOUNTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cameldataverse.changes.harness.ChildProcess;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.SampleCheckpoints;
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
    void aSecondRepositoryOfThisProcessIsRefusedByNameAlsoOverAnotherPath() throws Exception {
        FileDeltaTokenRepository first = started();
        Path alias = Files.createSymbolicLink(directory.resolveSibling(directory.getFileName() + "-alias"), directory);
        for (Path path : new Path[] {directory, alias, directory.resolve("../" + directory.getFileName())}) {
            assertThatThrownBy(() -> new FileDeltaTokenRepository(path).start())
                    .isInstanceOf(TokenStoreException.class)
                    .hasMessage("The directory " + directory.toRealPath()
                            + " is in use by another repository of this process,"
                            + " process " + ProcessHandle.current().pid() + ". Two readers must not share it: stop the"
                            + " other one, or give this one a directory of its own.");
        }
        Files.delete(alias);
        first.advance(ACCOUNTS, 0, SampleCheckpoints.first());
        first.stop();
        started().stop();
    }

    @Test
    @ProvesFault("X3")
    void aSecondProcessIsRefusedWithTheIdOfTheFirstAlsoAfterARefusalInTheFirst() throws Exception {
        FileDeltaTokenRepository first = started();
        assertThatThrownBy(() -> new FileDeltaTokenRepository(directory).start())
                .isInstanceOf(TokenStoreException.class);
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
            assertThatThrownBy(this::started).isInstanceOf(TokenStoreException.class);
            repository.stop();
        }
    }

    private FileDeltaTokenRepository started() {
        FileDeltaTokenRepository repository = new FileDeltaTokenRepository(directory);
        repository.start();
        return repository;
    }
}
