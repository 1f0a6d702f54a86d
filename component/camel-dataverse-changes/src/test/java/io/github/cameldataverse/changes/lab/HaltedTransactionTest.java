package io.github.cameldataverse.changes.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.harness.JavaCommand;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.server.PostgresServer;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.h2.tools.Server;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A reader is killed before the first thing that it asks of the database, then before a later one, and so on until one gets
 * through. Each time another one goes on to the end, and the log, which only grows, has every change once.
 */
class HaltedTransactionTest {

    private static final Logger LOG = LoggerFactory.getLogger(HaltedTransactionTest.class);
    private static final int STEP_LIMIT = 200;

    /** A build dies at every fifth step, which takes a minute; {@code -Dlab.stride=1} dies at each. */
    private static final int STRIDE = Integer.getInteger("lab.stride", 5);

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private List<String> keys;

    @BeforeEach
    void create() {
        keys = IntStream.range(0, 3)
                .mapToObj(i -> simulator.table("account").create(Map.of("name", "Account " + i)))
                .map(id -> id + "@" + simulator.table("account").version(id))
                .toList();
    }

    @Test
    @ProvesFault({"C3", "C4", "C5", "C7", "C8", "R11"})
    void onH2EveryChangeIsInTheLogOnceWhereverTheReaderDies() throws Exception {
        Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
        try {
            dieAtEveryStep("jdbc:h2:tcp://localhost:" + server.getPort() + "/mem:log;DB_CLOSE_DELAY=-1");
        } finally {
            server.stop();
        }
    }

    @Test
    @ProvesFault({"C3", "C4", "C5", "C7", "C8", "R11"})
    void onPostgresEveryChangeIsInTheLogOnceWhereverTheReaderDies() throws Exception {
        try (EmbeddedPostgres postgres = PostgresServer.start()) {
            dieAtEveryStep(postgres.getJdbcUrl("postgres", "postgres"));
        }
    }

    private void dieAtEveryStep(String database) throws Exception {
        execute(
                database,
                "CREATE TABLE change_log (seq BIGINT GENERATED ALWAYS AS IDENTITY, reader VARCHAR(20), change_key"
                        + " VARCHAR(100))");
        int deaths = 0;
        int step = 1;
        while (diesAt(step, database)) {
            assertThat(step).isLessThan(STEP_LIMIT);
            deaths++;
            step += STRIDE;
        }
        assertThat(step).as("steps of a whole run").isGreaterThan(25);
        LOG.warn("{} deaths in {} steps on {}: 0 lost, 0 repeated", deaths, step - STRIDE, database.split(":")[1]);
    }

    private boolean diesAt(int step, String database) throws Exception {
        String reader = "dies-at-" + step;
        int exit = run(database, reader, step);
        assertThat(exit).isIn(0, HaltedTransactionProcess.HALTED);
        List<String> whenItDied = lines(database, reader);
        assertThat(whenItDied).as("log at a death at step %s", step).isEqualTo(keys.subList(0, whenItDied.size()));
        new TransactedRoute(
                        simulator.organizationUrl().toString(), reader, HaltedTransactionProcess.dataSource(database))
                .readToTheEnd();
        assertThat(lines(database, reader))
                .as("log after a death at step %s", step)
                .isEqualTo(keys);
        return exit == HaltedTransactionProcess.HALTED;
    }

    private int run(String database, String reader, int step) throws Exception {
        String organization = simulator.organizationUrl().toString();
        return new ProcessBuilder(JavaCommand.of(
                        96, HaltedTransactionProcess.class, organization, database, reader, Integer.toString(step)))
                .inheritIO()
                .start()
                .waitFor();
    }

    private static void execute(String database, String sql) throws SQLException {
        try (Connection connection =
                HaltedTransactionProcess.dataSource(database).getConnection()) {
            connection.createStatement().execute(sql);
        }
    }

    private static List<String> lines(String database, String reader) throws SQLException {
        try (Connection connection =
                        HaltedTransactionProcess.dataSource(database).getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "SELECT change_key FROM change_log WHERE reader = ? ORDER BY seq")) {
            select.setString(1, reader);
            List<String> lines = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    lines.add(rows.getString(1));
                }
            }
            return lines;
        }
    }
}
