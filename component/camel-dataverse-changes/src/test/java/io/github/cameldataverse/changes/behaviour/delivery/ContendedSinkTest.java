package io.github.cameldataverse.changes.behaviour.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.ConsumerAccess;
import io.github.cameldataverse.changes.api.DataverseChangesConstants;
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
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/** The table of the sink is written by others at the same time, and by the change itself the time before. */
@OverBothApis
class ContendedSinkTest {

    private static final int CONTENDED = 2;
    private static final int FAILURES = 3;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");
    private final AtomicInteger attempts = new AtomicInteger();
    private final List<String> states = new CopyOnWriteArrayList<>();

    /** How another transaction makes that of the route fail. */
    private enum Contention {
        LOCK_TIMEOUT,
        DEADLOCK,
        SERIALIZATION_FAILURE
    }

    /** Each poll tries twice, so the second poll brings the change through with its redelivery. */
    @ParameterizedTest
    @CsvSource({
        "H2, LOCK_TIMEOUT, HYT00",
        "POSTGRESQL, LOCK_TIMEOUT, 55P03",
        "POSTGRESQL, DEADLOCK, 40P01",
        "POSTGRESQL, SERIALIZATION_FAILURE, 40001"
    })
    @ProvesFault("R7")
    void aTransactionThatIsRefusedIsRedeliveredAndComesWithTheNextPollAndIsNeverSkipped(
            TestDatabase kind, Contention contention, String state) throws Exception {
        List<String> keys = create(5);
        try (TestDatabase.Opened database = kind.open();
                CapturedLog warnings = new CapturedLog(ConsumerAccess.LOGGER)) {
            TransactedLog log = new TransactedLog(database.dataSource());
            log.create();
            execute(database.dataSource(), "CREATE TABLE contended (id INT PRIMARY KEY, n INT)");
            execute(database.dataSource(), "INSERT INTO contended VALUES (1, 0), (2, 0)");
            try (ConsumerRoute reader = ConsumerRoute.of(simulator, OverBothApis.API)
                    .handlingErrors(route -> route.errorHandler(
                            route.defaultErrorHandler().maximumRedeliveries(1).redeliveryDelay(0)))
                    .doing(exchange -> log.inTransaction(status -> {
                        if (keys.get(CONTENDED).equals(key(exchange)) && attempts.incrementAndGet() <= FAILURES) {
                            contend(database.dataSource(), kind, contention);
                        }
                        log.write(key(exchange));
                    }))
                    .start()) {
                await().until(() -> log.lines().size() == 5 && reader.word() == Word.UP);
            }
            assertThat(log.lines()).isEqualTo(keys);
            assertThat(states).hasSize(FAILURES).containsOnly(state);
            assertThat(attempts).hasValue(FAILURES + 1);
            assertThat(warnings.lines())
                    .filteredOn(line -> line.startsWith("WARN") && line.contains("did not accept the change"))
                    .singleElement()
                    .asString()
                    .contains(keys.get(CONTENDED));
        }
    }

    /** Within the transaction of the route, which another one hinders. */
    private void contend(DataSource database, TestDatabase kind, Contention contention) throws Exception {
        try (Connection own = new TransactionAwareDataSourceProxy(database).getConnection()) {
            switch (contention) {
                case LOCK_TIMEOUT -> waitForALock(own, database, kind);
                case DEADLOCK -> closeACircle(own, database);
                case SERIALIZATION_FAILURE -> updateWhatIsOutdated(own, database);
            }
        } catch (SQLException e) {
            states.add(e.getSQLState());
            throw e;
        }
    }

    private static void waitForALock(Connection own, DataSource database, TestDatabase kind) throws SQLException {
        try (Connection other = database.getConnection()) {
            other.setAutoCommit(false);
            update(other, 1);
            execute(own, kind == TestDatabase.H2 ? "SET LOCK_TIMEOUT 200" : "SET LOCAL lock_timeout = 200");
            try {
                update(own, 1);
            } finally {
                other.rollback();
                other.setAutoCommit(true);
            }
        }
    }

    /** The one that looks first is the one that fails, so the other one looks late. */
    private static void closeACircle(Connection own, DataSource database) throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Connection look = database.getConnection()) {
            Connection other = database.getConnection();
            other.setAutoCommit(false);
            execute(other, "SET LOCAL deadlock_timeout = '1min'");
            update(other, 2);
            execute(own, "SET LOCAL deadlock_timeout = 200");
            update(own, 1);
            Future<?> unused = thread.submit(() -> {
                update(other, 1);
                other.rollback();
                other.setAutoCommit(true);
                other.close();
                return null;
            });
            await().until(() -> number(look, "SELECT count(*) FROM pg_locks WHERE NOT granted") == 1);
            update(own, 2);
        } finally {
            thread.shutdown();
        }
    }

    private static void updateWhatIsOutdated(Connection own, DataSource database) throws SQLException {
        execute(own, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
        assertThat(number(own, "SELECT n FROM contended WHERE id = 1")).isNotNegative();
        execute(database, "UPDATE contended SET n = n + 1 WHERE id = 1");
        update(own, 1);
    }

    @ParameterizedTest
    @EnumSource
    @ProvesFault("R8")
    void aReplayThatMeetsItsOwnRowIsRecognisedByItsVersionAndChangesNothing(TestDatabase kind) throws Exception {
        List<String> keys = create(3);
        List<Integer> written = new CopyOnWriteArrayList<>();
        AtomicInteger failures = new AtomicInteger(2);
        try (TestDatabase.Opened database = kind.open()) {
            execute(
                    database.dataSource(),
                    "CREATE TABLE account (id VARCHAR(36) PRIMARY KEY, version BIGINT, writes INT)");
            try (ConsumerRoute reader = ConsumerRoute.of(simulator, OverBothApis.API)
                    .doing(exchange -> {
                        written.add(upsert(database.dataSource(), exchange.getMessage()));
                        if (keys.get(1).equals(key(exchange)) && failures.getAndDecrement() > 0) {
                            throw new IllegalStateException("behind the effect");
                        }
                    })
                    .start()) {
                await().until(() -> reader.received().size() == 3 && reader.word() == Word.UP);
                assertThat(written).as("rows that each try wrote").containsExactly(1, 1, 0, 0, 1);
                assertThat(reader.keys()).isEqualTo(keys);
            }
            try (Connection look = database.dataSource().getConnection()) {
                assertThat(number(look, "SELECT count(*) FROM account WHERE writes = 1"))
                        .isEqualTo(3);
            }
        }
    }

    /** As the cookbook does it: the row is written unless this version of it, or a newer one, is there. */
    private static int upsert(DataSource database, Message change) throws SQLException {
        String id = change.getHeader(DataverseChangesConstants.ID, String.class);
        long version = change.getHeader(DataverseChangesConstants.VERSION, Long.class);
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "UPDATE account SET version = ?, writes = writes + 1 WHERE id = ? AND version < ?");
                PreparedStatement insert = connection.prepareStatement("INSERT INTO account SELECT id, version, 1 FROM"
                        + " (VALUES (CAST(? AS VARCHAR(36)), CAST(? AS BIGINT))) AS fresh (id, version)"
                        + " WHERE NOT EXISTS (SELECT 1 FROM account WHERE account.id = fresh.id)")) {
            update.setLong(1, version);
            update.setString(2, id);
            update.setLong(3, version);
            insert.setString(1, id);
            insert.setLong(2, version);
            int updated = update.executeUpdate();
            return updated > 0 ? updated : insert.executeUpdate();
        }
    }

    private static void update(Connection connection, int id) throws SQLException {
        execute(connection, "UPDATE contended SET n = n + 1 WHERE id = " + id);
    }

    private static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection()) {
            execute(connection, sql);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getLong(1);
        }
    }

    private List<String> create(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> accounts.create(Map.of("name", "Account " + i)))
                .map(id -> id + "@" + accounts.version(id))
                .toList();
    }

    private static String key(Exchange exchange) {
        return exchange.getMessage().getHeader(DataverseChangesConstants.KEY, String.class);
    }
}
