package io.github.cameldataverse.changes.contracts.implementations;

import static io.github.cameldataverse.changes.contracts.ContractCheckpoints.ACCOUNTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.contracts.ContractCheckpoints;
import io.github.cameldataverse.changes.contracts.DurableTokenRepositoryContract;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.token.CallerTransaction;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.KnownIds;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.SubscriptionKey;
import io.github.cameldataverse.changes.token.TokenCodec;
import io.github.cameldataverse.changes.token.TokenConflictException;
import io.github.cameldataverse.changes.token.TokenStoreException;
import io.github.cameldataverse.changes.token.TokenUnreadableException;
import io.github.cameldataverse.changes.token.file.CheckpointWalk;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the JDBC repository keeps besides, on every database. */
abstract class JdbcDeltaTokenRepositoryContract extends DurableTokenRepositoryContract {

    private static final AtomicInteger PREFIXES = new AtomicInteger();

    private final String prefix = "test" + PREFIXES.incrementAndGet() + "_";
    private JdbcDeltaTokenRepository repository;

    /** A pool of connections to the database under test. */
    abstract DataSource dataSource();

    /** Lets every insert into a table wait, when it has read what it inserts. */
    abstract InsertGate gateOf(String table) throws Exception;

    /** Where inserts wait. */
    interface InsertGate {

        /** Returns when one does. */
        void awaitOne() throws Exception;

        void open() throws Exception;
    }

    @BeforeEach
    void start() {
        repository = started(dataSource());
    }

    JdbcDeltaTokenRepository started(DataSource dataSource) {
        JdbcDeltaTokenRepository started = new JdbcDeltaTokenRepository(dataSource);
        started.setTablePrefix(prefix);
        started.start();
        return started;
    }

    @AfterEach
    void stop() throws SQLException {
        repository.stop();
        for (String table : List.of("checkpoint", "delivered", "idempotent")) {
            update("DROP TABLE IF EXISTS " + prefix + table);
        }
    }

    @Override
    protected DeltaTokenRepository repository() {
        return repository;
    }

    @Override
    protected void restart() {
        repository = started(dataSource());
    }

    @Override
    protected String storedText() {
        return query("SELECT token FROM " + prefix + "checkpoint");
    }

    @Override
    protected void storeText(String text) {
        update("UPDATE " + prefix + "checkpoint SET token = ?", text);
    }

    @Override
    protected boolean canBeStored(char character) {
        return character != 0; // PostgreSQL refuses it
    }

    @Override
    protected long size() {
        return List.of("checkpoint", "delivered", "idempotent").stream()
                .mapToLong(table -> Long.parseLong(query("SELECT COUNT(*) FROM " + prefix + table)))
                .sum();
    }

    @Test
    void aRevisionThatWasChangedByHandIsRefused() {
        advanceTo(2);
        update("UPDATE " + prefix + "checkpoint SET revision = 3");
        assertThatThrownBy(() -> repository.load(ACCOUNTS))
                .isInstanceOf(TokenUnreadableException.class)
                .hasMessageContaining("has revision 3 in its column, but 2 in its text");
        assertThatThrownBy(() -> repository.advance(ACCOUNTS, 3, ContractCheckpoints.revision(4)))
                .isInstanceOf(TokenUnreadableException.class);
    }

    @Test
    @ProvesFault("X2")
    void aReaderThatSleptIsToldAtItsNextChangeAndItsNotesDoNotCount() {
        advanceTo(2);
        JdbcDeltaTokenRepository sleeper = started(dataSource());
        assertThat(sleeper.load(ACCOUNTS)).isPresent();
        sleeper.delivered(ACCOUNTS, 2, "id-1", "1");
        repository.advance(ACCOUNTS, 2, ContractCheckpoints.revision(3));
        assertThatThrownBy(() -> sleeper.delivered(ACCOUNTS, 2, "id-2", "2"))
                .isInstanceOf(TokenConflictException.class)
                .hasMessageContaining("stands at revision 3, not at revision 2");
        assertThatThrownBy(() -> sleeper.advance(ACCOUNTS, 2, ContractCheckpoints.revision(3)))
                .isInstanceOf(TokenConflictException.class);
        assertThat(repository.load(ACCOUNTS)).contains(new StoredToken(ContractCheckpoints.revision(3), Map.of()));
        sleeper.stop();
    }

    @Test
    @ProvesFault("X2")
    void aReaderThatSleptIsToldEvenIfItsProcessHasReadTheTokenSince() {
        advanceTo(2);
        JdbcDeltaTokenRepository sleeper = started(dataSource());
        assertThat(sleeper.load(ACCOUNTS)).isPresent();
        repository.advance(ACCOUNTS, 2, ContractCheckpoints.revision(3));
        assertThat(sleeper.load(ACCOUNTS))
                .isPresent(); // the token operation of that process asks where the subscription stands
        assertThatThrownBy(() -> sleeper.delivered(ACCOUNTS, 2, "id-1", "1"))
                .isInstanceOf(TokenConflictException.class);
        assertThat(delivered()).isEmpty();
        sleeper.stop();
    }

    @Test
    void aNoteOfAnOlderRevisionDoesNotCountAndGoesWithTheNextAdvance() {
        advanceTo(2);
        repository.delivered(ACCOUNTS, 2, "id-1", "1");
        update("UPDATE " + prefix + "delivered SET revision = 1");
        assertThat(delivered()).isEmpty();
        repository.advance(ACCOUNTS, 2, ContractCheckpoints.revision(3));
        assertThat(query("SELECT COUNT(*) FROM " + prefix + "delivered")).isEqualTo("0");
    }

    @Test
    @ProvesFault("R11")
    void inATransactionOfTheCallerTheCallerDecides() throws SQLException {
        advanceTo(1);
        repository.delivered(ACCOUNTS, 1, "id-1", "1");
        try (Connection connection = dataSource().getConnection()) {
            connection.setAutoCommit(false);
            JdbcDeltaTokenRepository inside =
                    new JdbcDeltaTokenRepository(new TransactionBoundDataSource(dataSource(), connection));
            inside.setTablePrefix(prefix);
            inside.start();
            TransactionBoundDataSource.begin(inside.getDataSource());
            step(inside);
            connection.rollback();
            assertThat(repository.load(ACCOUNTS))
                    .contains(new StoredToken(ContractCheckpoints.revision(1), Map.of("id-1", "1")));
            step(inside);
            connection.commit();
            assertThat(repository.load(ACCOUNTS))
                    .contains(new StoredToken(ContractCheckpoints.revision(2), Map.of("id-1", "1", "id-2", "2")));
            assertThat(connection.getAutoCommit()).isFalse();
            connection.setAutoCommit(true);
        }
    }

    @Test
    @ProvesFault({"R7", "R8", "X1", "X2"})
    void ofTwoTransactionsThatNoteTheSameChangeTheSecondWaitsForTheFirstAndIsRefused() throws Exception {
        advanceTo(1);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Connection one = dataSource().getConnection();
                Connection other = dataSource().getConnection()) {
            one.setAutoCommit(false);
            other.setAutoCommit(false);
            within(one).delivered(ACCOUNTS, 1, "id-1", "1");
            JdbcDeltaTokenRepository second = within(other);
            Future<?> waiting = thread.submit(() -> second.delivered(ACCOUNTS, 1, "id-1", "1"));
            assertThatThrownBy(() -> waiting.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            one.commit();
            assertThatThrownBy(waiting::get)
                    .hasCauseInstanceOf(TokenConflictException.class)
                    .hasMessageContaining(
                            "The change of id-1 in account/default at https://contoso.crm4.dynamics.com is"
                                    + " noted already: another reader delivered it in the meantime");
            other.rollback();
            second.delivered(ACCOUNTS, 1, "id-1", "1 2");
            second.delivered(ACCOUNTS, 1, "id-2", "1");
            other.commit();
            one.setAutoCommit(true);
            other.setAutoCommit(true);
        } finally {
            thread.shutdownNow();
        }
        assertThat(delivered()).isEqualTo(Map.of("id-1", "1 2", "id-2", "1"));
    }

    /** The note would be of the old revision and count no more, and its reader be told that it is written. */
    @Test
    @ProvesFault({"X1", "X2"})
    void aTakeOverWaitsForANoteThatIsUnderWayAndKeepsIt() throws Exception {
        advanceTo(1);
        JdbcDeltaTokenRepository second = started(dataSource());
        InsertGate gate = gateOf(prefix + "delivered");
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> note = threads.submit(() -> repository.delivered(ACCOUNTS, 1, "id-1", "1"));
            gate.awaitOne();
            Future<StoredToken> taken = threads.submit(() ->
                    second.takeOver(ACCOUNTS, 1, ContractCheckpoints.revision(1).takenOver()));
            assertThatThrownBy(() -> taken.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            gate.open();
            note.get();
            assertThat(taken.get().delivered()).isEqualTo(Map.of("id-1", "1"));
            assertThatThrownBy(() -> repository.delivered(ACCOUNTS, 1, "id-2", "2"))
                    .isInstanceOf(TokenConflictException.class);
        } finally {
            gate.open();
            threads.shutdownNow();
        }
        assertThat(delivered()).isEqualTo(Map.of("id-1", "1"));
    }

    @Test
    @ProvesFault("R11")
    void aMoveThatTheCallerRolledBackIsNotTakenForKnownWhereAnotherReaderMovedTo() throws SQLException {
        advanceTo(1);
        for (boolean loads : new boolean[] {false, true}) {
            repository.replace(ACCOUNTS, ContractCheckpoints.revision(1));
            try (Connection connection = dataSource().getConnection()) {
                connection.setAutoCommit(false);
                TransactionBoundDataSource dataSource = new TransactionBoundDataSource(dataSource(), connection);
                JdbcDeltaTokenRepository sleeper = started(dataSource);
                TransactionBoundDataSource.begin(dataSource);
                sleeper.advance(ACCOUNTS, 1, ContractCheckpoints.revision(2));
                if (loads) {
                    assertThat(sleeper.load(ACCOUNTS)).isPresent();
                }
                sleeper.delivered(ACCOUNTS, 2, "id-1", "1");
                connection.rollback();
                repository.advance(ACCOUNTS, 1, ContractCheckpoints.revision(2));
                storeText(storedText().replaceFirst(".", "?"));
                assertThatThrownBy(() -> sleeper.delivered(ACCOUNTS, 2, "id-2", "2"))
                        .isInstanceOf(TokenUnreadableException.class);
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    @Test
    void whatTheCallerRolledBackOrCommittedIsWhatTheNextNoteIsComparedWith() throws SQLException {
        advanceTo(1);
        try (Connection connection = dataSource().getConnection()) {
            connection.setAutoCommit(false);
            JdbcDeltaTokenRepository inside = within(connection);
            inside.advance(ACCOUNTS, 1, ContractCheckpoints.revision(2));
            inside.delivered(ACCOUNTS, 2, "id-1", "1");
            connection.rollback();
            assertThatThrownBy(() -> inside.delivered(ACCOUNTS, 2, "id-1", "1"))
                    .isInstanceOf(TokenConflictException.class)
                    .hasMessageContaining("stands at revision 1, not at revision 2");
            inside.delivered(ACCOUNTS, 1, "id-1", "1");
            inside.advance(ACCOUNTS, 1, ContractCheckpoints.revision(2), Map.of("id-2", "2"));
            connection.commit();
            repository.advance(ACCOUNTS, 2, ContractCheckpoints.revision(3));
            assertThatThrownBy(() -> inside.delivered(ACCOUNTS, 2, "id-3", "3"))
                    .isInstanceOf(TokenConflictException.class)
                    .hasMessageContaining("stands at revision 3, not at revision 2");
            connection.rollback();
            connection.setAutoCommit(true);
        }
        assertThat(delivered()).isEmpty();
    }

    private JdbcDeltaTokenRepository within(Connection transaction) {
        JdbcDeltaTokenRepository inside = started(new TransactionBoundDataSource(dataSource(), transaction));
        TransactionBoundDataSource.begin(inside.getDataSource());
        return inside;
    }

    private static void step(JdbcDeltaTokenRepository inside) {
        assertThat(inside.load(ACCOUNTS)).map(StoredToken::delivered).contains(Map.of("id-1", "1"));
        assertThatThrownBy(() -> inside.advance(ACCOUNTS, 0, ContractCheckpoints.first()))
                .isInstanceOf(TokenConflictException.class);
        inside.advance(ACCOUNTS, 1, ContractCheckpoints.revision(2), Map.of("id-1", "1"));
        inside.delivered(ACCOUNTS, 2, "id-2", "2");
        assertThat(inside.add("key")).isTrue();
        assertThat(inside.add("key")).isFalse();
    }

    @Test
    void connectionsThatNeverCommitAreRefusedAtTheStart() throws SQLException {
        try (Connection connection = dataSource().getConnection()) {
            connection.setAutoCommit(false);
            TransactionBoundDataSource never = new TransactionBoundDataSource(dataSource(), connection);
            TransactionBoundDataSource.begin(never);
            assertThatThrownBy(() -> started(never))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("without auto-commit although no transaction is under way");
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    @Test
    void missingTablesAreRefusedIfTheyAreNotToBeCreated() {
        JdbcDeltaTokenRepository other = new JdbcDeltaTokenRepository(dataSource());
        other.setTablePrefix("nobody_has_these_");
        other.setCreateTables(false);
        assertThatThrownBy(other::start)
                .isInstanceOf(TokenStoreException.class)
                .hasMessageStartingWith("A table of the delta tokens is missing")
                .hasMessageContaining("CREATE TABLE IF NOT EXISTS nobody_has_these_checkpoint");
        other.setTablePrefix(prefix);
        other.start();
        other.stop();
    }

    /** Written down, so that a change of the tables fails here: users create them by their own means. */
    @Test
    void tablesThatAnEarlierVersionCreatedAreUsedAsTheyAre() {
        String old = prefix + "old_";
        for (String table : List.of(
                "checkpoint (subscription VARCHAR(255) NOT NULL PRIMARY KEY, revision BIGINT NOT NULL,"
                        + " token TEXT NOT NULL)",
                "delivered (subscription VARCHAR(255) NOT NULL, seq BIGINT GENERATED ALWAYS AS IDENTITY,"
                        + " revision BIGINT NOT NULL, record_id VARCHAR(500) NOT NULL, what VARCHAR(500) NOT NULL,"
                        + " PRIMARY KEY (subscription, record_id, seq))",
                "idempotent (message_key VARCHAR(255) NOT NULL PRIMARY KEY)",
                "known (subscription VARCHAR(255) NOT NULL, record_id VARCHAR(500) NOT NULL, round BIGINT NOT NULL,"
                        + " PRIMARY KEY (subscription, record_id))")) {
            update("CREATE TABLE " + old + table);
        }
        update(
                "INSERT INTO " + old + "checkpoint (subscription, revision, token) VALUES (?, 7, ?)",
                SubscriptionKey.of(ACCOUNTS),
                TokenCodec.encode(ACCOUNTS, ContractCheckpoints.revision(7)));
        update(
                "INSERT INTO " + old + "delivered (subscription, revision, record_id, what) VALUES (?, 7, ?, ?)",
                SubscriptionKey.of(ACCOUNTS),
                "id-1",
                "1");
        goOnWith(old);
        for (String table : List.of("checkpoint", "delivered", "idempotent", "known")) {
            update("DROP TABLE " + old + table);
        }
    }

    private void goOnWith(String tables) {
        JdbcDeltaTokenRepository later = new JdbcDeltaTokenRepository(dataSource());
        later.setTablePrefix(tables);
        later.setCreateTables(false);
        later.start();
        assertThat(later.load(ACCOUNTS))
                .contains(new StoredToken(ContractCheckpoints.revision(7), Map.of("id-1", "1")));
        later.delivered(ACCOUNTS, 7, "id-2", "2");
        KnownIds known = later.knownIds(ACCOUNTS).orElseThrow();
        known.begin();
        known.expect(7, 1, List.of("id-1", "id-2"));
        known.advance(7, ContractCheckpoints.revision(8), List.of("id-1"), Map.of("id-2", "2"));
        assertThat(later.load(ACCOUNTS))
                .contains(new StoredToken(ContractCheckpoints.revision(8), Map.of("id-2", "2")));
        assertThat(known.olderThan(2, "", 10)).containsExactly("id-2");
        assertThat(later.transaction()).isEqualTo(new CallerTransaction.None());
        assertThat(later.add("key")).isTrue();
        later.stop();
    }

    @Test
    void manyMayStartAtOnceOnAnEmptyDatabase() {
        List<Integer> starts = List.of(1, 2, 3, 4, 5, 6, 7, 8);
        String fresh = prefix + "fresh_";
        starts.parallelStream().forEach(i -> {
            JdbcDeltaTokenRepository one = new JdbcDeltaTokenRepository(dataSource());
            one.setTablePrefix(fresh);
            one.start();
            one.stop();
        });
        for (String table : List.of("checkpoint", "delivered", "idempotent")) {
            assertThat(query("SELECT COUNT(*) FROM " + fresh + table)).isEqualTo("0");
            update("DROP TABLE " + fresh + table);
        }
    }

    @Test
    void anAdvanceOrReplaceThatFailsAtAnyStepIsDoneAsAWholeOrNotAtAll() {
        List<Consumer<DeltaTokenRepository>> moves = List.of(
                onFaulty -> onFaulty.advance(ACCOUNTS, 1, ContractCheckpoints.revision(2)),
                onFaulty -> onFaulty.replace(ACCOUNTS, ContractCheckpoints.first()));
        for (Consumer<DeltaTokenRepository> move : moves) {
            int step = 1;
            while (failsWhole(step, move)) {
                step++;
            }
            assertThat(step).as("steps of the move").isGreaterThan(8);
        }
    }

    private boolean failsWhole(int step, Consumer<DeltaTokenRepository> move) {
        repository.replace(ACCOUNTS, ContractCheckpoints.revision(1));
        repository.delivered(ACCOUNTS, 1, "id-1", "1");
        FaultyDataSource faulty = new FaultyDataSource(dataSource());
        JdbcDeltaTokenRepository onFaulty = started(faulty.dataSource());
        faulty.failAt(step, FaultyDataSource.When.BEFORE_ONCE);
        boolean failed = false;
        try {
            move.accept(onFaulty);
        } catch (TokenStoreException e) {
            failed = true;
        }
        boolean moved = !checkpoint().equals(ContractCheckpoints.revision(1));
        assertThat(moved || failed).isTrue();
        assertThat(query("SELECT COUNT(*) FROM " + prefix + "delivered"))
                .as("deliveries after step %s failed", step)
                .isEqualTo(moved ? "0" : "1");
        onFaulty.stop();
        return failed;
    }

    @Test
    @ProvesFault({"C7", "R5", "R6"})
    void aDatabaseThatFailsAtAnyStepLeavesTheOldOrTheNewToken() {
        for (FaultyDataSource.When when : FaultyDataSource.When.values()) {
            int step = 1;
            while (fails(step, when)) {
                step++;
            }
            assertThat(step).as("steps of the walk, failing %s", when).isGreaterThan(60);
        }
    }

    private boolean fails(int step, FaultyDataSource.When when) {
        update("DELETE FROM " + prefix + "checkpoint");
        update("DELETE FROM " + prefix + "delivered");
        FaultyDataSource faulty = new FaultyDataSource(dataSource());
        JdbcDeltaTokenRepository onFaulty = started(faulty.dataSource());
        faulty.failAt(step, when);
        CheckpointWalk walk = new CheckpointWalk(4);
        boolean failed = false;
        try {
            walk.on(onFaulty, () -> {});
        } catch (TokenStoreException e) {
            failed = true;
            assertThat(e).hasMessageContaining("the line was cut");
        }
        walk.assertStored(repository.load(ACCOUNTS));
        faulty.heal();
        walk.on(onFaulty, () -> {});
        assertThat(walk.isAtEnd()).isTrue();
        onFaulty.stop();
        return failed;
    }

    private void update(String sql, Object... values) {
        try (Connection connection = dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    private String query(String sql) {
        try (Connection connection = dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }
}
