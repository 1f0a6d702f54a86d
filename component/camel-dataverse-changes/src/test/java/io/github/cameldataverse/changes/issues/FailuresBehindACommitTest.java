package io.github.cameldataverse.changes.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.ConsumerAccess;
import io.github.cameldataverse.changes.harness.CapturedLog;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.sql.TestDatabase;
import io.github.cameldataverse.changes.harness.sql.TransactedLog;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A route with {@code manualCommit=true} that fails behind its transaction. The effect is there and stays, so neither the log
 * nor the health check may say that the change comes again.
 */
@OverBothApis
class FailuresBehindACommitTest {

    private static final int CHANGES = 5;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");

    @Test
    @ProvesFault({"C12", "L8"})
    void anErrorThereIsToldAsItIsAndInOneLine() throws Exception {
        AtomicInteger left = new AtomicInteger(CHANGES);
        assertOneLine(
                exchange -> {
                    if (left.getAndDecrement() > 0) {
                        throw new StackOverflowError("no room");
                    }
                },
                "already committed, so it counts as delivered and does not come again");
    }

    @Test
    @ProvesFault("D1")
    void anExceptionThereIsOneLineForAllChanges() throws Exception {
        assertOneLine(
                exchange -> {
                    throw new IllegalStateException("no room");
                },
                "committed already, so it counts as delivered");
    }

    private void assertOneLine(Processor behind, String words) throws Exception {
        List<String> keys = IntStream.range(0, CHANGES)
                .mapToObj(i -> accounts.create(Map.of("name", "Account " + i)))
                .map(id -> id + "@" + accounts.version(id))
                .toList();
        try (TestDatabase.Opened database = TestDatabase.H2.open();
                CapturedLog log = new CapturedLog(ConsumerAccess.LOGGER)) {
            TransactedLog effects = new TransactedLog(database.dataSource());
            effects.create();
            Processor write = effects.writing(exchange -> {});
            try (ConsumerRoute reader = ConsumerRoute.of(simulator, OverBothApis.API)
                    .with("manualCommit", true)
                    .with("idempotentRepository", effects.tokens())
                    .doing(exchange -> {
                        write.process(exchange);
                        behind.process(exchange);
                    })
                    .start()) {
                await().until(() -> effects.lines().size() >= CHANGES && reader.word() == Word.UP);
                assertThat(effects.lines()).isEqualTo(keys);
                assertThat(log.lines())
                        .filteredOn(line -> line.startsWith("WARN") && line.contains("the route failed")
                                || line.startsWith("WARN") && line.contains("The route "))
                        .singleElement()
                        .asString()
                        .contains(words);
            }
        }
    }
}
