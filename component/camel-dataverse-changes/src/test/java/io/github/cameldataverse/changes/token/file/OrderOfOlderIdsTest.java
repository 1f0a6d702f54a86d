package io.github.cameldataverse.changes.token.file;

import static io.github.cameldataverse.changes.harness.SampleCheckpoints.ACCOUNTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.SampleCheckpoints;
import io.github.cameldataverse.changes.token.KnownIds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Among the derived deletes of a large reload the file of known ids was rewritten, the ids that were left got another order, and
 * those that were now before the last one were passed over.
 */
class OrderOfOlderIdsTest {

    private static final int ALL = 110_000;
    private static final int BROUGHT = 40_000;
    private static final int PAGE = 5_000;
    private static final int CHUNK = 100;

    @TempDir
    private Path directory;

    @Test
    @ProvesFault("P14")
    void noneIsPassedOverWhileSomeGoAndSomeLive() {
        FileDeltaTokenRepository repository = new FileDeltaTokenRepository(directory);
        repository.start();
        repository.advance(ACCOUNTS, 0, SampleCheckpoints.revision(1));
        KnownIds known = repository.knownIds(ACCOUNTS).orElseThrow();
        known.begin();
        List<String> ids = ids();
        pages(ids).forEach(page -> known.expect(1, 1, page));
        known.expectAnew(1, 2, ids.subList(0, PAGE));
        pages(ids.subList(PAGE, BROUGHT)).forEach(page -> known.expect(1, 2, page));
        int asked = 0;
        List<String> chunk = known.olderThan(2, "", CHUNK);
        while (!chunk.isEmpty()) {
            asked += chunk.size();
            known.expect(1, 2, chunk.subList(0, 1));
            chunk.subList(1, chunk.size())
                    .forEach(id -> assertThat(known.forget(1, id, 2)).isTrue());
            chunk = known.olderThan(2, chunk.get(chunk.size() - 1), CHUNK);
        }
        assertThat(asked).isEqualTo(ALL - BROUGHT);
        assertThat(known.olderThan(2, "", 1)).isEmpty();
        repository.stop();
    }

    private static List<String> ids() {
        Random random = new Random(1);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < ALL; i++) {
            ids.add(new UUID(random.nextLong(), random.nextLong()).toString());
        }
        return ids;
    }

    private static List<List<String>> pages(List<String> ids) {
        List<List<String>> pages = new ArrayList<>();
        for (int i = 0; i < ids.size(); i += PAGE) {
            pages.add(ids.subList(i, i + PAGE));
        }
        return pages;
    }
}
