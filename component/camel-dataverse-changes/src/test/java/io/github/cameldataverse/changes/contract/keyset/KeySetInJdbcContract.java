package io.github.cameldataverse.changes.contract.keyset;

import static io.github.cameldataverse.changes.contract.keyset.KeySetRounds.SHORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.harness.ChildProcess;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.SampleCheckpoints;
import io.github.cameldataverse.changes.internal.keyset.KeySetTokenRepository;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.TokenConflictException;
import io.github.cameldataverse.changes.token.TokenStoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.apache.camel.spi.IdempotentRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Camel's repository on a database, in the table that it makes itself, with several processes at it. */
@Tag("shared-by-processes")
abstract class KeySetInJdbcContract extends DurableKeySetContract {

    static final String PROCESSOR = "killed";
    private static final int RACERS = 4;

    abstract DataSource dataSource();

    @BeforeEach
    void clear() {
        open().clear();
    }

    @Override
    IdempotentRepository open() {
        JdbcMessageIdRepository repository = new JdbcMessageIdRepository(dataSource(), PROCESSOR);
        repository.start();
        return repository;
    }

    @Override
    void restart() {}

    @Override
    Set<String> keys() {
        return new TreeSet<>(new JdbcTemplate(dataSource())
                .queryForList(
                        "SELECT messageId FROM CAMEL_MESSAGEPROCESSED WHERE processorName = ?",
                        String.class,
                        PROCESSOR));
    }

    @Test
    @ProvesFault("X1")
    void ofManyProcessesAtTheSameTokenOneAtMostAdvancesAndTheTokenIsItsOwn() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(RACERS);
        try {
            long won = 0;
            for (int race = 0; race < 8; race++) {
                won += winners(threads);
            }
            assertThat(won).as("races that were won").isGreaterThan(4);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @ProvesFault({"X1", "X2"})
    void aReaderThatAnotherProcessOvertakesIsRefusedAtItsNextNoteAndWithAllThatItHadBefore() throws Exception {
        KeySetTokenRepository reader = reader();
        KeySetRounds.advance(reader);
        Checkpoint page = KeySetRounds.first().nextPage("page 2", 7);
        reader.advance(SHORT, 1, page);
        reader.delivered(SHORT, page.revision(), "id-1", "v1");
        try (ChildProcess process = otherProcess()) {
            assertThat(process.line("told ")).isEqualTo("told 1");
            assertThat(process.line("told ")).isEqualTo("told 2");
            assertThatThrownBy(() -> reader.delivered(SHORT, page.revision(), "id-2", "v2"))
                    .isInstanceOf(TokenConflictException.class);
            assertThat(process.line("told ")).isEqualTo("told 3");
            assertThat(reader.load(SHORT)).isPresent();
            assertThatThrownBy(() -> reader.delivered(SHORT, page.revision(), "id-2", "v2"))
                    .isInstanceOf(TokenConflictException.class);
            assertThatThrownBy(() -> reader.advance(SHORT, page.revision(), page.nextPage("page 3", 7)))
                    .isInstanceOf(TokenConflictException.class);
        }
    }

    private long winners(ExecutorService threads) throws Exception {
        CyclicBarrier start = new CyclicBarrier(RACERS);
        List<Callable<String>> racers = new ArrayList<>();
        for (int i = 0; i < RACERS; i++) {
            KeySetTokenRepository racer = reader();
            Optional<StoredToken> from = racer.load(SHORT);
            String link = "racer " + i + " after " + KeySetRounds.number(from);
            racers.add(() -> {
                start.await();
                return advanced(racer, from, link) ? link : "";
            });
        }
        List<String> winners = new ArrayList<>();
        for (Future<String> racer : threads.invokeAll(racers)) {
            winners.add(racer.get());
        }
        winners.removeIf(String::isEmpty);
        assertThat(winners).hasSizeLessThanOrEqualTo(1);
        Optional<StoredToken> stored = reader().load(SHORT);
        winners.forEach(winner ->
                assertThat(stored.orElseThrow().checkpoint().roundLink()).isEqualTo(winner));
        return winners.size();
    }

    private static boolean advanced(KeySetTokenRepository racer, Optional<StoredToken> from, String link) {
        Checkpoint next =
                from.map(StoredToken::checkpoint).orElseGet(KeySetRounds::first).nextRound(link, SampleCheckpoints.NOW);
        long revision = from.map(token -> token.checkpoint().revision()).orElse(0L);
        try {
            racer.advance(SHORT, revision, next);
            return true;
        } catch (TokenConflictException | TokenStoreException e) {
            return false;
        }
    }
}
