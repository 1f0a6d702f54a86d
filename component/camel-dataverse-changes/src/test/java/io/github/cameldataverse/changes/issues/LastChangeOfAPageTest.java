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
import io.github.cameldataverse.changes.testkit.faults.ServiceUnavailable;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.camel.Processor;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * With manualCommit=true and two readers the last change of a page was there twice: both compute the same next checkpoint,
 * and the commit of the second one took the move of the first for its own.
 */
@OverBothApis
class LastChangeOfAPageTest {

    private static final int CHANGES = 6;
    private static final int PAGE = 2;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");

    @ParameterizedTest
    @EnumSource
    @ProvesFault("X1")
    void itIsThereOnceWhereverTwoReadersMeetInThePage(TestDatabase kind) throws Exception {
        for (int nth = 0; nth < CHANGES; nth++) {
            try (TestDatabase.Opened database = kind.open()) {
                meetAt(nth, database.dataSource());
            }
        }
    }

    private void meetAt(int nth, DataSource database) throws Exception {
        simulator.reset();
        List<String> keys = IntStream.range(0, CHANGES)
                .mapToObj(i -> accounts.create(Map.of("name", "Account " + i)))
                .map(id -> id + "@" + accounts.version(id))
                .toList();
        TransactedLog log = new TransactedLog(database);
        log.create();
        JdbcDeltaTokenRepository tokens = log.tokens();
        tokens.start();
        AtomicReference<Thread> meeting = new AtomicReference<>();
        try (PolledReader second = reader(tokens, log, exchange -> {});
                PolledReader first = reader(tokens, log, exchange -> {
                    // The first one has written its line, and does not commit before the other one has been there.
                    if (keys.get(nth).equals(TransactedLog.line(exchange)) && meeting.get() == null) {
                        // So that it stays behind this page; if that is not the first one, its own link is a next link
                        // too.
                        simulator
                                .faults()
                                .lenient()
                                .whereRequest(RequestKind::forANextPage)
                                .onNth(nth < PAGE ? 1 : 2, new ServiceUnavailable(503));
                        meeting.set(new Thread(second::poll, "second"));
                        meeting.get().start();
                        meeting.get().join();
                    }
                })) {
            first.pollToTheEnd();
            second.pollToTheEnd();
            assertThat(meeting).doesNotHaveNullValue();
            assertThat(log.lines()).as("they met at change %s", nth + 1).isEqualTo(keys);
        }
    }

    private PolledReader reader(JdbcDeltaTokenRepository tokens, TransactedLog log, Processor meeting)
            throws Exception {
        String options = "&manualCommit=true&maxPageSize=" + PAGE + "&api=" + OverBothApis.API.word();
        return new PolledReader(simulator, options, tokens, log.writing(meeting));
    }
}
