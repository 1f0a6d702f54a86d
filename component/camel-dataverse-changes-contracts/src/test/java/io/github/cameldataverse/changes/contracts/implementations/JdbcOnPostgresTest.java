package io.github.cameldataverse.changes.contracts.implementations;

import static io.github.cameldataverse.changes.contracts.ContractCheckpoints.ACCOUNTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.harness.server.PostgresServer;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JdbcOnPostgresTest extends JdbcDeltaTokenRepositoryContract {

    private static final int GATE = 4711;

    private static EmbeddedPostgres postgres;
    private static JdbcConnectionPool pool;

    @BeforeAll
    static void open() throws IOException {
        postgres = PostgresServer.builder()
                .setServerConfig("synchronous_commit", "on")
                .start();
        pool = PostgresServer.pool(postgres);
    }

    @AfterAll
    static void close() throws IOException {
        pool.dispose();
        postgres.close();
    }

    @Override
    DataSource dataSource() {
        return pool;
    }

    @Override
    InsertGate gateOf(String table) throws SQLException {
        Connection gate = pool.getConnection();
        try (Statement statement = gate.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + GATE + ")");
            statement.execute("CREATE FUNCTION gate_of_" + table + "() RETURNS trigger LANGUAGE plpgsql AS"
                    + " 'BEGIN PERFORM pg_advisory_xact_lock(" + GATE + "); RETURN NEW; END'");
            statement.execute("CREATE TRIGGER gate BEFORE INSERT ON " + table
                    + " FOR EACH ROW EXECUTE FUNCTION gate_of_" + table + "()");
        }
        return new AdvisoryLock(gate);
    }

    /** Whoever holds the gate on a connection of its own. */
    private record AdvisoryLock(Connection gate) implements InsertGate {

        @Override
        public void awaitOne() throws SQLException {
            String waiting = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
            try (Statement statement = gate.createStatement()) {
                while (!statement.executeQuery(waiting).next()) {
                    Thread.onSpinWait();
                }
            }
        }

        @Override
        public void open() throws SQLException {
            if (!gate.isClosed()) {
                try (gate;
                        Statement statement = gate.createStatement()) {
                    statement.execute("SELECT pg_advisory_unlock(" + GATE + ")");
                }
            }
        }
    }

    @Test
    void onlyTheNoteOfADeliveryIsLeftUnforcedAndOnlyOutsideATransactionOfTheCaller() throws SQLException {
        advanceTo(1);
        try (Connection connection = pool.getConnection()) {
            TransactionBoundDataSource dataSource = new TransactionBoundDataSource(pool, connection);
            TransactionBoundDataSource.begin(dataSource);
            JdbcDeltaTokenRepository inside = started(dataSource);
            inside.delivered(ACCOUNTS, 1, "id-1", "1");
            assertThat(synchronousCommit(connection)).isEqualTo("on");
            connection.setAutoCommit(false);
            inside.delivered(ACCOUNTS, 1, "id-2", "2");
            assertThat(synchronousCommit(connection)).isEqualTo("on");
            connection.commit();
            connection.setAutoCommit(true);
        }
        assertThat(delivered()).isEqualTo(Map.of("id-1", "1", "id-2", "2"));
    }

    private static String synchronousCommit(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW synchronous_commit")) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
