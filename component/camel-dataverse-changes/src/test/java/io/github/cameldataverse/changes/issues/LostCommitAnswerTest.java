package io.github.cameldataverse.changes.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.sql.LostCommitAnswers;
import io.github.cameldataverse.changes.harness.sql.TestDatabase;
import io.github.cameldataverse.changes.harness.sql.TransactedLog;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * With manualCommit=true the answer to a COMMIT was lost, the route redelivered, and the effect of the change was there twice:
 * the second commit() found its own note and let the transaction go on.
 */
@OverBothApis
class LostCommitAnswerTest {

    private static final int CHANGES = 4;
    private static final int PAGE = 2;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");

    @ParameterizedTest
    @EnumSource
    @ProvesFault({"C7", "R6"})
    void theEffectIsThereOnceWhicheverCommitLosesItsAnswer(TestDatabase kind) throws Exception {
        for (int nth = 1; nth <= CHANGES; nth++) {
            try (TestDatabase.Opened database = kind.open()) {
                losing(nth, database.dataSource());
            }
        }
    }

    private void losing(int nth, DataSource database) throws Exception {
        simulator.reset();
        List<String> keys = IntStream.range(0, CHANGES)
                .mapToObj(i -> accounts.create(Map.of("name", "Account " + i)))
                .map(id -> id + "@" + accounts.version(id))
                .toList();
        LostCommitAnswers lossy = new LostCommitAnswers(database);
        TransactedLog log = new TransactedLog(lossy.dataSource());
        log.create();
        try (ConsumerRoute reader = ConsumerRoute.of(simulator, OverBothApis.API)
                .with("manualCommit", true)
                .with("maxPageSize", PAGE)
                .with("idempotentRepository", log.tokens())
                .handlingErrors(route -> route.errorHandler(
                        route.defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(0)))
                .doing(log.writing(exchange -> lossy.loseAt(keys.get(nth - 1), exchange)))
                .start()) {
            await().until(() -> log.lines().size() >= CHANGES && reader.word() == Word.UP);
            long polls = reader.polls();
            await().until(() -> reader.polls() > polls + 2);
        }
        assertThat(lossy.lost()).as("answers lost").isEqualTo(1);
        assertThat(log.lines()).as("the answer to commit %s was lost", nth).isEqualTo(keys);
    }
}
