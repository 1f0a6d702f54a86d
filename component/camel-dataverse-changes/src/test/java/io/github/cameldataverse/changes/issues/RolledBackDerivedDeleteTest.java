package io.github.cameldataverse.changes.issues;

import static io.github.cameldataverse.changes.harness.SampleRows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.ConsumerAccess;
import io.github.cameldataverse.changes.harness.CapturedLog;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.sql.TestDatabase;
import io.github.cameldataverse.changes.harness.sql.TransactedLog;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.token.Phase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Processor;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * With manualCommit=true the transaction of a derived delete was rolled back without a word to the consumer. The checkpoint
 * moved on, and the record stayed at the sink for good.
 */
@OverBothApis
class RolledBackDerivedDeleteTest {

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");

    @ParameterizedTest
    @EnumSource
    @ProvesFault("R11")
    void itComesAgainAndTheCheckpointWaitsForIt(TestDatabase kind) throws Exception {
        try (TestDatabase.Opened database = kind.open()) {
            TransactedLog log = new TransactedLog(database.dataSource());
            log.create();
            List<String> ids = accountsIn(accounts, 9);
            try (ConsumerRoute reader = reader(log, log.writing(exchange -> {})).start()) {
                await().until(() -> log.lines().size() == 9);
                await().until(() -> reader.checkpoint().roundLink() != null);
            }
            ids.subList(0, 4).forEach(accounts::delete);
            simulator.clock().advance(Duration.ofDays(8));
            reload(log, ids.get(1));
            List<String> reloaded = log.lines().stream()
                    .filter(key -> key.contains("!"))
                    .map(key -> key.split("!")[0])
                    .toList();
            assertThat(reloaded).first().isEqualTo("resyncStarted");
            assertThat(reloaded).last().isEqualTo("resyncCompleted");
            assertThat(reloaded.subList(1, reloaded.size() - 1)).containsExactlyInAnyOrderElementsOf(ids.subList(0, 4));
        }
    }

    /** @param rolledBack whose delete is rolled back the first time, and the route says nothing of it */
    private void reload(TransactedLog log, String rolledBack) throws Exception {
        AtomicBoolean rolls = new AtomicBoolean(true);
        Processor route = exchange -> log.inTransaction(transaction -> {
            log.writeAndCommit(exchange);
            if (TransactedLog.line(exchange).startsWith(rolledBack + "!") && rolls.getAndSet(false)) {
                transaction.setRollbackOnly();
            }
        });
        try (CapturedLog warnings = new CapturedLog(ConsumerAccess.LOGGER);
                ConsumerRoute reader = reader(log, route).start()) {
            // The reader begins with the link of the token that has expired, so that one tells nothing.
            await().until(() -> log.lines().stream().anyMatch(line -> line.startsWith("resyncCompleted!")));
            await().until(() -> reader.checkpoint().phase() == Phase.DELTA);
            assertThat(warnings.lines())
                    .anyMatch(line -> line.startsWith("WARN")
                            && line.contains(
                                    "The route committed the delete of 1 record that the full load did not bring")
                            && line.contains(rolledBack)
                            && line.contains("Let whatever rolls a transaction back fail the exchange too"));
        }
    }

    private ConsumerRoute reader(TransactedLog log, Processor route) {
        return ConsumerRoute.of(simulator, OverBothApis.API)
                .with("manualCommit", true)
                .with("knownIds", true)
                .with("onTokenExpired", "resync")
                .with("idempotentRepository", log.tokens())
                .doing(route);
    }
}
