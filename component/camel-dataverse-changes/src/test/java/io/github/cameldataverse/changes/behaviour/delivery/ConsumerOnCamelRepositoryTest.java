package io.github.cameldataverse.changes.behaviour.delivery;

import static io.github.cameldataverse.changes.harness.SampleRows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.harness.CapturedLog;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.status.ReaderStatus;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Processor;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A consumer whose tokens are keys in a repository of Camel's own. */
class ConsumerOnCamelRepositoryTest {

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");

    @TempDir
    Path directory;

    private ConsumerRoute reader(IdempotentRepository repository) {
        return ConsumerRoute.of(simulator).with("maxPageSize", 5).with("idempotentRepository", repository);
    }

    private IdempotentRepository file() {
        return FileIdempotentRepository.fileIdempotentRepository(
                directory.resolve("keys.txt").toFile());
    }

    private static MemoryIdempotentRepository memory() {
        return new MemoryIdempotentRepository(new HashMap<>());
    }

    @Test
    @ProvesFault("C8")
    void aRestartGoesOnFromTheDeltaLinkOfTheRound() throws Exception {
        accountsIn(accounts, 12);
        try (ConsumerRoute first = reader(file()).start()) {
            await().until(() -> first.received().size() == 12 && first.polls() >= 2);
        }
        accountsIn(accounts, 3);
        try (ConsumerRoute second = reader(file()).start()) {
            await().until(() -> second.polls() >= 2);
            assertThat(second.received())
                    .extracting(each -> each.headers().get(DataverseChangesConstants.PHASE))
                    .containsExactly("delta", "delta", "delta");
        }
    }

    @Test
    void aRestartInMidLoadBeginsTheLoadAgainAsAReload() throws Exception {
        List<String> ids = accountsIn(accounts, 12);
        try (ConsumerRoute first = reader(file()).doing(failingFrom(8)).start()) {
            await().until(() -> first.polls() >= 3);
            assertThat(first.received()).hasSize(7);
        }
        try (ConsumerRoute second = reader(file()).start()) {
            await().until(() -> second.polls() >= 2);
            assertThat(second.types()).startsWith("resyncStarted").endsWith("resyncCompleted");
            assertThat(second.received().subList(1, 13))
                    .extracting(ConsumerRoute.Received::id)
                    .containsExactlyElementsOf(ids);
        }
    }

    @Test
    @ProvesFault("C8")
    void aRecordThatIsDeletedBetweenTwoStartsOfALoadIsNoGhost() throws Exception {
        List<String> ids = accountsIn(accounts, 12);
        Map<String, Long> roundOf = new TreeMap<>();
        try (ConsumerRoute first = reader(file()).doing(failingFrom(8)).start()) {
            await().until(() -> first.polls() >= 3);
            records(first).forEach(change -> roundOf.put(change.id(), round(change)));
        }
        try (ConsumerRoute again = reader(file()).doing(failingFrom(4)).start()) {
            await().until(() -> again.polls() >= 3);
            records(again).forEach(change -> roundOf.put(change.id(), round(change)));
        }
        accounts.delete(ids.get(0));
        accounts.delete(ids.get(6));
        try (ConsumerRoute last = reader(file()).start()) {
            await().until(() -> last.types().contains("resyncCompleted"));
            long round = round(last.received().get(last.types().indexOf("resyncCompleted")));
            records(last).forEach(change -> roundOf.put(change.id(), round(change)));
            // What a sink does that removes ghosts.
            roundOf.values().removeIf(each -> each < round);
        }
        assertThat(roundOf.keySet()).isEqualTo(accounts.rows().keySet());
    }

    /** Without the two ends of a reload. */
    private static List<ConsumerRoute.Received> records(ConsumerRoute reader) {
        return reader.received().stream().filter(change -> change.id() != null).toList();
    }

    private static Long round(ConsumerRoute.Received change) {
        return (Long) change.headers().get(DataverseChangesConstants.ROUND);
    }

    @Test
    void aRouteThatFailsResumesInsideThePage() throws Exception {
        List<String> ids = accountsIn(accounts, 12);
        CountDownLatch healed = new CountDownLatch(1);
        int[] seen = {0};
        try (ConsumerRoute reader = reader(memory())
                .doing(exchange -> {
                    if (++seen[0] >= 8 && healed.getCount() > 0) {
                        throw new IllegalStateException("the sink is down");
                    }
                })
                .start()) {
            await().until(() -> reader.polls() >= 3);
            healed.countDown();
            await().until(() -> reader.received().size() == 12);
            assertThat(reader.received()).extracting(ConsumerRoute.Received::id).containsExactlyElementsOf(ids);
        }
    }

    private static Processor failingFrom(int change) {
        int[] seen = {0};
        return exchange -> {
            if (++seen[0] >= change) {
                throw new IllegalStateException("the sink is down");
            }
        };
    }

    @Test
    @ProvesFault("X1")
    void twoReadersOfOneDatabaseLoseNothingAndGoOn() throws Exception {
        JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:contest;DB_CLOSE_DELAY=-1", "sa", "");
        try (ConsumerRoute one =
                        reader(new JdbcMessageIdRepository(pool, "tokens")).start();
                ConsumerRoute other =
                        reader(new JdbcMessageIdRepository(pool, "tokens")).start()) {
            Set<String> created = new TreeSet<>();
            for (int wave = 0; wave < 4; wave++) {
                created.addAll(accountsIn(accounts, 6));
                await().atMost(Duration.ofMinutes(2))
                        .untilAsserted(() -> assertThat(ids(one, other)).isEqualTo(created));
            }
            long polls = one.polls() + other.polls();
            await().atMost(Duration.ofMinutes(2)).until(() -> one.polls() + other.polls() > polls + 4);
            assertThat(one.word()).isNotEqualTo(ReaderStatus.Word.FAULTED);
            assertThat(other.word()).isNotEqualTo(ReaderStatus.Word.FAULTED);
        } finally {
            pool.dispose();
        }
    }

    private static Set<String> ids(ConsumerRoute... readers) {
        Set<String> ids = new TreeSet<>();
        for (ConsumerRoute reader : readers) {
            records(reader).forEach(received -> ids.add(received.id()));
        }
        return ids;
    }

    @Test
    void aRepositoryThatWasClearedIsReadFromTheBeginningWithAWarning() throws Exception {
        accountsIn(accounts, 2);
        MemoryIdempotentRepository repository = memory();
        try (CapturedLog log = new CapturedLog("io.github.cameldataverse.changes");
                ConsumerRoute reader = reader(repository).start()) {
            await().until(() -> reader.received().size() == 2 && reader.polls() >= 2);
            reader.whileSuspended(repository::clear);
            await().until(() -> reader.received().size() == 4);
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("No delta token is stored"))
                    .hasSize(2);
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("the changes of one round may repeat"))
                    .singleElement()
                    .asString()
                    .contains("MemoryIdempotentRepository")
                    .contains("Its clear() removes the tokens");
        }
    }
}
