package io.github.cameldataverse.changes.issues;

import static io.github.cameldataverse.changes.harness.SampleRows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.PolledReader;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A round takes longer than the delay between two polls, and two readers are at it. On a repository of Camel's own, which tells
 * nothing of what goes on inside a round, each took the round from the other before it came to its end, and so for good.
 */
@OverBothApis
class LongRoundOfTwoReadersTest {

    private static final int ROWS = 60;
    private static final int DELAY = 150;
    private static final int AN_EXCHANGE = 10;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final AtomicInteger exchanges = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);

    /** Where both have the token. */
    enum Store {
        MEMORY,
        KEYS_IN_MEMORY,
        KEYS_IN_H2
    }

    private static IdempotentRepository open(Store store) {
        return switch (store) {
            case MEMORY -> new MemoryDeltaTokenRepository();
            case KEYS_IN_MEMORY -> MemoryIdempotentRepository.memoryIdempotentRepository(new ConcurrentHashMap<>());
            case KEYS_IN_H2 -> new JdbcMessageIdRepository(database(), "tokens");
        };
    }

    private static JdbcDataSource database() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return database;
    }

    @ParameterizedTest
    @EnumSource
    @ProvesFault("X1")
    void comesToItsEndAndIsNotReadOverAndOver(Store store) throws Exception {
        IdempotentRepository tokens = open(store);
        tokens.start();
        accountsIn(simulator.table("account"), ROWS);
        ScheduledExecutorService schedule = Executors.newScheduledThreadPool(2);
        try (PolledReader one = reader(tokens);
                PolledReader two = reader(tokens)) {
            schedule.scheduleWithFixedDelay(one::poll, 0, DELAY, TimeUnit.MILLISECONDS);
            schedule.scheduleWithFixedDelay(two::poll, DELAY / 2, DELAY, TimeUnit.MILLISECONDS);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> Stream.of(one, two).anyMatch(LongRoundOfTwoReadersTest::isBehindTheLoad));
            assertThat(exchanges).as("exchanges for %d rows", ROWS).hasValueLessThan(8 * ROWS);
        } finally {
            over.countDown();
            schedule.shutdownNow();
            assertThat(schedule.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            tokens.stop();
        }
    }

    private static boolean isBehindTheLoad(PolledReader reader) {
        Checkpoint at = reader.checkpoint();
        return at != null && at.roundLink() != null;
    }

    /** It takes its time, until the test is over. */
    private void takeSlowly(Exchange exchange) throws InterruptedException {
        exchanges.incrementAndGet();
        boolean unused = over.await(AN_EXCHANGE, TimeUnit.MILLISECONDS);
    }

    private PolledReader reader(IdempotentRepository tokens) throws Exception {
        return new PolledReader(simulator, "&maxPageSize=5&api=" + OverBothApis.API.word(), tokens, this::takeSlowly);
    }
}
