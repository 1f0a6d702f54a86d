package io.github.cameldataverse.changes.issues;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.PolledReader;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.RequestKind;
import io.github.cameldataverse.changes.harness.sql.TestDatabase;
import io.github.cameldataverse.changes.harness.sql.TransactedLog;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.faults.Callback;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.Processor;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * With manualCommit=true and two readers a change was there twice: one reader committed it of the first page of a round, the
 * other one had been served that page before the change was made, and moved the checkpoint; the next round brought it again.
 */
@OverBothApis
class ExactlyOnceInTwoWindowsTest {

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");

    @ParameterizedTest
    @EnumSource
    @ProvesFault("X1")
    void aChangeIsThereOnce(TestDatabase kind) throws Exception {
        try (TestDatabase.Opened database = kind.open()) {
            readInTwoWindows(database.dataSource());
        }
    }

    private void readInTwoWindows(DataSource database) throws Exception {
        TransactedLog log = new TransactedLog(database);
        log.create();
        JdbcDeltaTokenRepository tokens = log.tokens();
        tokens.start();
        Processor failing = exchange -> {
            if (exchange.getProperty("CamelBatchIndex", Integer.class) == 1) {
                throw new IllegalStateException("the route fails at the second change");
            }
        };
        try (PolledReader slow = reader(tokens, log, exchange -> {});
                PolledReader quick = reader(tokens, log, exchange -> {});
                PolledReader stopping = reader(tokens, log, failing)) {
            quick.pollToTheEnd();
            String before = accounts.create(Map.of("name", "before"));
            behindTheNextRound(() -> {
                accounts.create(Map.of("name", "in between"));
                // Otherwise the first change of this one's page were that of the other one's.
                accounts.update(before, Map.of("name", "behind"));
                stopping.poll();
            });
            slow.poll();
            slow.pollToTheEnd();
            quick.pollToTheEnd();
            assertThat(log.lines()).doesNotHaveDuplicates();
            assertThat(log.lines()).hasSizeBetween(2, 3);
        }
    }

    private PolledReader reader(JdbcDeltaTokenRepository tokens, TransactedLog log, Processor between)
            throws Exception {
        String options = "&manualCommit=true&api=" + OverBothApis.API.word();
        return new PolledReader(simulator, options, tokens, log.writing(between));
    }

    /** Something happens when the answer is made and not yet sent. */
    private void behindTheNextRound(Runnable something) {
        simulator.faults().whereRequest(RequestKind::forTheStartOfARound).next(Callback.after(something));
    }
}
