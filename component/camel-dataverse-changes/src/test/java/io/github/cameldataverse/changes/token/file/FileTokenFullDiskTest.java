package io.github.cameldataverse.changes.token.file;

import static io.github.cameldataverse.changes.harness.SampleCheckpoints.ACCOUNTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.SampleCheckpoints;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.TokenStoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real file system of 64 KB. Making one needs the right to mount, so this is left out where that is missing. */
class FileTokenFullDiskTest {

    @TempDir
    Path disk;

    private FileDeltaTokenRepository repository;

    @BeforeEach
    void mount() throws Exception {
        assumeTrue(succeeds("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString()), "may not mount");
        repository = new FileDeltaTokenRepository(disk);
        repository.start();
        repository.advance(ACCOUNTS, 0, SampleCheckpoints.revision(1));
    }

    @AfterEach
    void unmount() throws Exception {
        if (repository != null) {
            repository.stop();
            assertThat(succeeds("umount", disk.toString())).isTrue();
        }
    }

    @Test
    @ProvesFault("R1")
    void aFullDiskFailsAndLosesNothingAndGoesOnWhenThereIsRoomAgain() throws IOException {
        Path filler = disk.resolve("filler");
        Files.write(filler, new byte[36 * 1024]);
        Map<String, String> accepted = deliverUntilFull();
        assertThat(accepted).hasSizeGreaterThan(10);
        assertThatThrownBy(() -> repository.advance(ACCOUNTS, 1, SampleCheckpoints.revision(2)))
                .isInstanceOf(TokenStoreException.class)
                .hasMessageContaining("No space left on device");
        assertThat(repository.load(ACCOUNTS)).contains(new StoredToken(SampleCheckpoints.revision(1), accepted));
        Files.delete(filler);
        repository.delivered(ACCOUNTS, 1, "last", "1");
        accepted.put("last", "1");
        assertThat(repository.load(ACCOUNTS)).contains(new StoredToken(SampleCheckpoints.revision(1), accepted));
        repository.advance(ACCOUNTS, 1, SampleCheckpoints.revision(2));
        assertThat(repository.load(ACCOUNTS)).contains(new StoredToken(SampleCheckpoints.revision(2), Map.of()));
    }

    private Map<String, String> deliverUntilFull() {
        Map<String, String> accepted = new HashMap<>();
        try {
            while (accepted.size() < 10_000) {
                String id = "id-" + accepted.size();
                repository.delivered(ACCOUNTS, 1, id, "W/\"1\"");
                accepted.put(id, "W/\"1\"");
            }
        } catch (TokenStoreException e) {
            assertThat(e).hasMessageContaining("No space left on device");
        }
        return accepted;
    }

    @Test
    @ProvesFault("R4")
    void aDiskThatTurnsReadOnlyFailsAndLosesNothing() throws Exception {
        repository.delivered(ACCOUNTS, 1, "id", "1");
        repository.stop();
        repository.start();
        try (ReadOnly ignored = new ReadOnly(disk)) {
            assertThatThrownBy(() -> repository.delivered(ACCOUNTS, 1, "id-2", "2"))
                    .isInstanceOf(TokenStoreException.class);
            assertThatThrownBy(() -> repository.advance(ACCOUNTS, 1, SampleCheckpoints.revision(2)))
                    .isInstanceOf(TokenStoreException.class)
                    .hasMessageContaining("Read-only file system");
            assertThat(repository.load(ACCOUNTS))
                    .contains(new StoredToken(SampleCheckpoints.revision(1), Map.of("id", "1")));
        }
        repository.advance(ACCOUNTS, 1, SampleCheckpoints.revision(2));
    }

    /** Lays a read-only view of the file system over it, and takes it away again. */
    private record ReadOnly(Path disk) implements AutoCloseable {
        ReadOnly {
            assertThat(succeeds("mount", "--bind", disk.toString(), disk.toString()))
                    .isTrue();
            assertThat(succeeds("mount", "-o", "remount,ro,bind", disk.toString()))
                    .isTrue();
        }

        @Override
        public void close() {
            assertThat(succeeds("umount", disk.toString())).isTrue();
        }
    }

    private static boolean succeeds(String... command) {
        try {
            return new ProcessBuilder(List.of(command)).start().waitFor() == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }
}
