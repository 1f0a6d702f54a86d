package io.github.cameldataverse.changes.token.file;

import static io.github.cameldataverse.changes.harness.SampleCheckpoints.ACCOUNTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.harness.SampleCheckpoints;
import io.github.cameldataverse.changes.internal.checkpoint.KnownRecords;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.KnownIds;
import io.github.cameldataverse.changes.token.SubscriptionKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With upsertKind, each page asks for the rounds of its ids before it is offered. */
class KnownIdsByEachPageTest {

    private static final long SLACK = 4 << 20;
    private static final int ENTRY = 25;

    @TempDir
    Path directory;

    private FileDeltaTokenRepository repository;
    private KnownIds known;
    private Checkpoint here = SampleCheckpoints.revision(1);

    @BeforeEach
    void start() {
        repository = new FileDeltaTokenRepository(directory);
        repository.start();
        known = repository.knownIds(ACCOUNTS).orElseThrow();
        repository.advance(ACCOUNTS, 0, here);
        boolean unused = known.begin();
    }

    @AfterEach
    void stop() {
        repository.stop();
    }

    /** Each page read all that was known before it: a million ids made a poll with one change thirty times as slow. */
    @Test
    void whatIsKnownIsReadOnceAndNotByEachPage() throws IOException {
        page(ids(0, 1000), List.of());
        assertThat(known.rounds(ids(0, 1000))).hasSize(1000);
        page(List.of(), ids(0, 10));

        Files.delete(file());

        for (int page = 1; page < 5; page++) {
            assertThat(known.rounds(ids(0, 1000 * page))).hasSize(1000 * page - 10 * page);
            page(ids(1000 * page, 1000 * (page + 1)), ids(10 * page, 10 * (page + 1)));
        }
    }

    /** What upsertKind asks of a page of deletes: nothing, and yet it will ask again. */
    @Test
    void aPageOfDeletesOnlyDoesNotTakeTheListOutOfMemory() throws IOException {
        KnownRecords records = KnownRecords.look(repository, ACCOUNTS);
        page(ids(0, 1000), List.of());
        assertThat(records.rounds(Set.copyOf(ids(0, 1000)))).isPresent();
        page(List.of(), ids(0, 10));
        assertThat(records.rounds(Set.of())).contains(Map.of());
        page(List.of(), ids(10, 20));

        Files.delete(file());

        assertThat(records.rounds(Set.copyOf(ids(0, 1000))).orElseThrow()).hasSize(980);
    }

    @Test
    void aListThatNoPageAsksForDoesNotStayInMemory() throws IOException {
        page(ids(0, 1000), List.of());
        assertThat(known.rounds(ids(0, 1000))).hasSize(1000);
        page(List.of(), ids(0, 10));
        page(List.of(), ids(10, 20));

        Files.delete(file());

        assertThat(known.rounds(ids(0, 1000))).isEmpty();
    }

    @Test
    void theFileIsWrittenAnewAllTheSame() throws IOException {
        List<String> ids = ids(0, 5_000);
        for (int page = 0; page < 60; page++) {
            assertThat(known.rounds(ids)).hasSize(page == 0 ? 0 : 5_000);
            page(ids, List.of());
            assertThat(Files.size(file())).isLessThan(SLACK + 4L * ids.size() * ENTRY);
        }
        repository.stop();
        repository.start();
        assertThat(known.rounds(ids)).hasSize(5_000).containsValue(here.round());
    }

    @Test
    void whatWasTakenOutStaysOutWhenTheFileIsWrittenAnew() {
        for (int page = 0; page < 50; page++) {
            assertThat(known.rounds(ids(0, 1))).isEmpty();
            List<String> ids = ids(5_000 * page, 5_000 * (page + 1));
            page(ids, List.of());
            page(List.of(), ids);
        }
        repository.stop();
        repository.start();
        assertThat(known.tally(Long.MAX_VALUE).ids()).isZero();
    }

    private void page(List<String> offered, List<String> gone) {
        known.expect(here.revision(), here.round(), offered);
        Checkpoint next = SampleCheckpoints.revision(here.revision() + 1);
        known.advance(here.revision(), next, gone, Map.of());
        here = next;
    }

    private static List<String> ids(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> new UUID(7, number).toString())
                .toList();
    }

    private Path file() {
        return directory.resolve(SubscriptionKey.of(ACCOUNTS) + ".known");
    }
}
