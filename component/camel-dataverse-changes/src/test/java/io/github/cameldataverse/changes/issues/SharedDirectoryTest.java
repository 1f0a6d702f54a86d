package io.github.cameldataverse.changes.issues;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.Phase;
import io.github.cameldataverse.changes.token.RevisionCheck;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.file.FileDeltaTokenRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repositories of one directory that begin and end at the same time. */
class SharedDirectoryTest {

    @TempDir
    Path directory;

    @Test
    void eachRepositoryWritesItsTokenWhileOthersOfTheSameDirectoryBeginAndEnd() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(5);
        List<Future<Long>> all = new ArrayList<>();
        for (int thread = 0; thread < 5; thread++) {
            String table = "table" + thread;
            all.add(threads.submit(() -> {
                SubscriptionId id = new SubscriptionId("https://x.crm.dynamics.com", table, "default");
                Checkpoint here = Checkpoint.first(Phase.INITIAL, 1_700_000_000_000L, Instant.now(), "f");
                long expected = RevisionCheck.NOTHING;
                for (int i = 0; i < 150; i++) {
                    FileDeltaTokenRepository tokens = new FileDeltaTokenRepository(directory);
                    tokens.start();
                    try {
                        if (i > 0) {
                            assertThat(tokens.load(id)
                                            .orElseThrow()
                                            .checkpoint()
                                            .revision())
                                    .isEqualTo(expected);
                        }
                        tokens.advance(id, expected, here, Map.of());
                        expected = here.revision();
                        here = here.nextPage("https://x.crm.dynamics.com/" + i, 1);
                        tokens.add(table + i);
                        assertThat(tokens.contains(table + (i / 2))).isTrue();
                    } finally {
                        tokens.stop();
                    }
                }
                return expected;
            }));
        }
        for (Future<Long> each : all) {
            assertThat(each.get(100, TimeUnit.SECONDS)).isPositive();
        }
        threads.shutdown();
        assertThat(Files.size(directory.resolve("dataverse-changes.lock"))).isZero();
    }
}
