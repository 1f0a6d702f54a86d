package io.github.cameldataverse.changes.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.ConsumerAccess;
import io.github.cameldataverse.changes.api.AlreadyCommittedException;
import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.api.ManualCommit;
import io.github.cameldataverse.changes.harness.CapturedLog;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.InterceptingProxy;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.server.PostgresServer;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.token.TokenConflictException;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * With {@code manualCommit=true} an effect was there twice: when the answer to a COMMIT was lost and the route tried again, and
 * when a second reader had moved the token behind the page in the meantime. In both cases what was stored equalled what was
 * to be stored, and was taken for one's own work of this transaction.
 */
@OverBothApis
class ExactlyOnceTest {

    private final ChangeTrackingApi api = OverBothApis.API;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private static EmbeddedPostgres postgres;

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");
    private final List<String> deadLetters = new CopyOnWriteArrayList<>();
    private final List<JdbcConnectionPool> pools = new ArrayList<>();

    enum Database {
        H2,
        POSTGRESQL
    }

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = PostgresServer.start();
    }

    @AfterAll
    static void stopPostgres() throws Exception {
        postgres.close();
    }

    @AfterEach
    void close() {
        pools.forEach(JdbcConnectionPool::dispose);
    }

    /** A table that only grows, and tokens beside it. */
    private static final class Log {

        private final DataSource joining;
        private final TransactionTemplate transaction;
        private final JdbcTemplate sql;

        private Log(DataSource commits, DataSource reads) {
            this.joining = new TransactionAwareDataSourceProxy(commits);
            this.transaction = new TransactionTemplate(new DataSourceTransactionManager(commits));
            this.sql = new JdbcTemplate(reads);
        }

        private void createTable() {
            sql.execute("DROP TABLE IF EXISTS change_log");
            sql.execute("CREATE TABLE change_log (seq BIGINT GENERATED ALWAYS AS IDENTITY, line VARCHAR(200))");
            List.of("checkpoint", "delivered", "idempotent", "known")
                    .forEach(table -> sql.execute("DROP TABLE IF EXISTS dataverse_" + table));
        }

        private JdbcDeltaTokenRepository tokens() {
            return new JdbcDeltaTokenRepository(joining);
        }

        private void writeAndCommit(Exchange exchange) {
            transaction.executeWithoutResult(status -> {
                new JdbcTemplate(joining).update("INSERT INTO change_log (line) VALUES (?)", line(exchange));
                commitOf(exchange).commit();
            });
        }

        private List<String> lines() {
            return sql.query("SELECT line FROM change_log ORDER BY seq", (ResultSet row, int n) -> row.getString(1));
        }
    }

    @ParameterizedTest
    @CsvSource({"H2, change", "H2, page", "POSTGRESQL, change", "POSTGRESQL, page"})
    @ProvesFault({"C8", "R11"})
    void theEffectIsThereOnceIfTheAnswerToAnyCommitIsLostAndTheRouteTriesAgain(Database database, String per)
            throws Exception {
        AtomicInteger commits = new AtomicInteger();
        Log log = log(database, commit -> commit % 2 == 1, commits);
        List<String> keys = create(7);
        try (ConsumerRoute reader = reader(log, log::writeAndCommit, per)
                .handlingErrors(route -> route.errorHandler(
                        route.defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(1)))
                .start()) {
            await().until(() ->
                    reader.checkpoint() != null && reader.checkpoint().roundLink() != null);
            await().until(() -> reader.word() == Word.UP && reader.polls() >= 3);
        }
        assertThat(commits).hasValueGreaterThan(3);
        assertThat(log.lines()).isEqualTo(per.equals("page") ? List.of("3 rows", "3 rows", "1 rows") : keys);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @ProvesFault({"C8", "R11"})
    void anExchangeWhoseCommitLosesItsAnswerIsAcceptedAndTheNextOneFollows(Database database) throws Exception {
        Log log = log(database, commit -> commit % 2 == 0, new AtomicInteger());
        List<String> keys = create(7);
        try (ConsumerRoute reader = reader(log, log::writeAndCommit, "change").start()) {
            await().until(() -> log.lines().size() >= 7);
            await().until(() -> reader.word() == Word.UP && reader.polls() >= 2);
        }
        assertThat(log.lines()).isEqualTo(keys);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @ProvesFault({"C8", "R11"})
    void whatWasCommittedBeforeGoesNeitherToARedeliveryNorToTheDeadLetters(Database database) throws Exception {
        Log log = log(database, commit -> commit % 2 == 1, new AtomicInteger());
        List<String> keys = create(5);
        AtomicInteger attempts = new AtomicInteger();
        try (ConsumerRoute reader = reader(
                        log,
                        exchange -> {
                            attempts.incrementAndGet();
                            log.writeAndCommit(exchange);
                        },
                        "change")
                .handlingErrors(this::toDeadLettersUnlessCommitted)
                .start()) {
            await().until(() -> log.lines().size() >= 5);
            await().until(() -> reader.word() == Word.UP && reader.polls() >= 2);
        }
        assertThat(log.lines()).isEqualTo(keys);
        assertThat(deadLetters).isEmpty();
        assertThat(attempts.get()).isBetween(6, 10);
    }

    private void toDeadLettersUnlessCommitted(RouteBuilder route) {
        route.getContext().getRegistry().bind("dead", (Processor) exchange -> deadLetters.add(line(exchange)));
        route.errorHandler(
                route.deadLetterChannel("bean:dead").maximumRedeliveries(2).redeliveryDelay(1));
        route.onException(AlreadyCommittedException.class, TokenConflictException.class)
                .maximumRedeliveries(0)
                .handled(false)
                // Without a step of its own it would go to the dead letters all the same.
                .log("committed before: ${exception.message}");
    }

    @ParameterizedTest
    @CsvSource({"H2, change", "H2, page", "POSTGRESQL, change", "POSTGRESQL, page"})
    @ProvesFault({"X1", "X2"})
    void theLastChangeOfAPageIsThereOnceIfASecondReaderMovesTheTokenUnderTheFirst(Database database, String per)
            throws Exception {
        Log log = log(database, commit -> false, new AtomicInteger());
        List<String> keys = create(3);
        AtomicBoolean met = new AtomicBoolean();
        Processor last = exchange -> {
            if ((per.equals("page") || line(exchange).equals(keys.get(2))) && met.compareAndSet(false, true)) {
                readElsewhere(log, per);
            }
            log.writeAndCommit(exchange);
        };
        try (ConsumerRoute reader = reader(log, last, per).start()) {
            await().until(() -> met.get() && reader.word() == Word.UP && reader.polls() >= 4);
        }
        assertThat(log.lines()).isEqualTo(per.equals("page") ? List.of("3 rows") : keys);
    }

    /** A second reader on the same tokens reads to the end of the round. */
    private void readElsewhere(Log log, String per) throws Exception {
        Thread elsewhere = new Thread(() -> {
            try (ConsumerRoute second = reader(log, log::writeAndCommit, per).start()) {
                await().until(() ->
                        second.checkpoint() != null && second.checkpoint().roundLink() != null);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        elsewhere.start();
        elsewhere.join();
    }

    @Test
    void outsideATransactionTheOutcomeOfTheExchangeCounts() throws Exception {
        create(2);
        AtomicBoolean down = new AtomicBoolean(true);
        List<String> sent = new CopyOnWriteArrayList<>();
        AtomicInteger attempts = new AtomicInteger();
        try (CapturedLog log = new CapturedLog(ConsumerAccess.LOGGER);
                ConsumerRoute reader = ConsumerRoute.of(simulator, api)
                        .with("manualCommit", true)
                        .with("idempotentRepository", new MemoryDeltaTokenRepository())
                        .doing(exchange -> {
                            attempts.incrementAndGet();
                            commitOf(exchange).commit();
                            if (down.get()) {
                                throw new IllegalStateException("the broker is down");
                            }
                            sent.add(line(exchange));
                        })
                        .handlingErrors(route -> route.errorHandler(route.defaultErrorHandler()
                                .maximumRedeliveries(2)
                                .redeliveryDelay(1)))
                        .start()) {
            await().until(() ->
                    log.lines().stream().anyMatch(line -> line.contains("The route did not accept the change")));
            assertThat(attempts).hasValueGreaterThanOrEqualTo(3);
            assertThat(sent).isEmpty();
            down.set(false);
            await().until(() -> reader.word() == Word.UP);
        }
    }

    private ConsumerRoute reader(Log log, Processor work, String per) {
        return ConsumerRoute.of(simulator, api)
                .with("manualCommit", true)
                .with("maxPageSize", 3)
                .with("exchangePer", per)
                .with("idempotentRepository", log.tokens())
                .doing(work);
    }

    /** @param lost of which commits the answer is lost, counted from 1 */
    private Log log(Database database, IntPredicate lost, AtomicInteger commits) {
        JdbcConnectionPool pool = database == Database.H2
                ? JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "")
                : PostgresServer.pool(postgres);
        pools.add(pool);
        Log log = new Log(losing(pool, lost, commits), pool);
        log.createTable();
        return log;
    }

    private static DataSource losing(DataSource real, IntPredicate lost, AtomicInteger commits) {
        return InterceptingProxy.to(DataSource.class, real, (method, made) -> {
            Object result = made.call();
            return result instanceof Connection connection ? losing(connection, lost, commits) : result;
        });
    }

    private static Connection losing(Connection real, IntPredicate lost, AtomicInteger commits) {
        return InterceptingProxy.to(Connection.class, real, (method, made) -> {
            Object result = made.call();
            if (method.getName().equals("commit") && lost.test(commits.incrementAndGet())) {
                throw new SQLException("The connection was reset while the answer was awaited", "08006");
            }
            return result;
        });
    }

    private static ManualCommit commitOf(Exchange exchange) {
        return exchange.getProperty(DataverseChangesConstants.MANUAL_COMMIT, ManualCommit.class);
    }

    private static String line(Exchange exchange) {
        return exchange.getMessage().getBody() instanceof List<?> page
                ? page.size() + " rows"
                : exchange.getMessage().getHeader(DataverseChangesConstants.KEY, String.class);
    }

    private List<String> create(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> accounts.create(Map.of("name", "Account " + i)))
                .map(id -> id + "@" + accounts.version(id))
                .toList();
    }
}
