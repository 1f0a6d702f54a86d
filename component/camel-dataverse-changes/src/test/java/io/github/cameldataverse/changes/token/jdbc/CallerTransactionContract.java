package io.github.cameldataverse.changes.token.jdbc;

import static io.github.cameldataverse.changes.harness.SampleCheckpoints.ACCOUNTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.harness.SampleCheckpoints;
import io.github.cameldataverse.changes.token.CallerTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Which transaction of the caller a repository names, whoever began it. */
abstract class CallerTransactionContract {

    private JdbcDeltaTokenRepository tokens;
    private long revision;

    /** A pool of connections to the database under test. */
    abstract DataSource pool();

    @BeforeEach
    void start() {
        tokens = started(new TransactionAwareDataSourceProxy(pool()));
        tokens.replace(ACCOUNTS, SampleCheckpoints.revision(1));
        revision = 1;
    }

    private static JdbcDeltaTokenRepository started(DataSource dataSource) {
        JdbcDeltaTokenRepository started = new JdbcDeltaTokenRepository(dataSource);
        started.start();
        return started;
    }

    private CallerTransaction afterANote(String id) {
        tokens.delivered(ACCOUNTS, revision, id, "1");
        return tokens.transaction();
    }

    private CallerTransaction afterAMove() {
        tokens.advance(ACCOUNTS, revision, SampleCheckpoints.revision(revision + 1));
        revision++;
        return tokens.transaction();
    }

    private <T> T in(int propagation, Supplier<T> work) {
        TransactionTemplate template = new TransactionTemplate(new DataSourceTransactionManager(pool()));
        template.setPropagationBehavior(propagation);
        return template.execute(status -> work.get());
    }

    private <T> T inTransaction(Supplier<T> work) {
        return in(TransactionDefinition.PROPAGATION_REQUIRED, work);
    }

    @Test
    void outsideATransactionThereIsNoneAndTwoOfThemAreNotTheSame() {
        assertThat(afterANote("id")).isEqualTo(new CallerTransaction.None());
        assertThat(tokens.transaction().isSameAs(tokens.transaction())).isFalse();
    }

    @Test
    void allNotesAndMovesOfATransactionOfSpringHaveItsName() {
        List<CallerTransaction> seen =
                inTransaction(() -> List.of(afterANote("a"), afterANote("b"), afterAMove(), afterANote("a")));
        assertThat(seen).allMatch(CallerTransaction.Named.class::isInstance);
        assertThat(seen).allMatch(seen.get(0)::isSameAs);
    }

    @Test
    void whatJoinsATransactionOfSpringOrNestsInItHasItsName() {
        List<CallerTransaction> seen = inTransaction(() -> List.of(
                afterANote("a"),
                inTransaction(() -> afterANote("b")),
                in(TransactionDefinition.PROPAGATION_NESTED, () -> afterANote("c"))));
        assertThat(seen).hasSize(3).allMatch(seen.get(0)::isSameAs);
    }

    @Test
    void noTwoTransactionsHaveTheSameNameWhetherTheyFollowOneAnotherOrStandInOneAnother() {
        List<CallerTransaction> seen = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String id = "id-" + i;
            seen.add(inTransaction(() -> afterANote(id)));
        }
        seen.add(inTransaction(this::afterAMove));
        seen.addAll(inTransaction(() -> {
            CallerTransaction inner = in(TransactionDefinition.PROPAGATION_REQUIRES_NEW, () -> afterANote("inner"));
            return List.of(inner, afterANote("outer"));
        }));
        assertThat(seen).hasSize(23).doesNotHaveDuplicates().allMatch(CallerTransaction.Named.class::isInstance);
    }

    @Test
    void theNameOfATransactionThatWasRolledBackDoesNotComeAgain() {
        CallerTransaction rolledBack = rolledBack();
        assertThat(rolledBack).isInstanceOf(CallerTransaction.Named.class);
        assertThat(inTransaction(() -> afterANote("id")).isSameAs(rolledBack)).isFalse();
    }

    private CallerTransaction rolledBack() {
        List<CallerTransaction> seen = new ArrayList<>();
        new TransactionTemplate(new DataSourceTransactionManager(pool())).executeWithoutResult(status -> {
            seen.add(afterANote("id"));
            status.setRollbackOnly();
        });
        return seen.get(0);
    }

    @Test
    void aTransactionOfAConnectionAloneIsNamedTooAndItsSavepointsHaveItsName() throws SQLException {
        try (Connection connection = pool().getConnection()) {
            tokens = started(new SingleConnectionDataSource(connection, true));
            connection.setAutoCommit(false);
            CallerTransaction first = afterANote("a");
            Savepoint savepoint = connection.setSavepoint();
            CallerTransaction within = afterANote("b");
            connection.rollback(savepoint);
            CallerTransaction after = tokens.transaction();
            connection.commit();
            CallerTransaction second = afterANote("c");
            connection.rollback();
            connection.setAutoCommit(true);
            assertThat(List.of(within, after)).allMatch(first::isSameAs);
            assertThat(second).isInstanceOf(CallerTransaction.Named.class);
            assertThat(second.isSameAs(first)).isFalse();
        }
    }

    @Test
    void aDatabaseThatGivesNoNameLeavesTheTransactionUnnamedAndLikeNoOther() throws SQLException {
        try (Connection connection = pool().getConnection()) {
            Sql single = new Sql(new SingleConnectionDataSource(connection, true), "the database");
            Transactions transactions = new Transactions(single, Optional.empty());
            assertThat(transactions.current()).isEqualTo(new CallerTransaction.None());
            connection.setAutoCommit(false);
            CallerTransaction unnamed = transactions.current();
            CallerTransaction again = transactions.current();
            connection.rollback();
            connection.setAutoCommit(true);
            assertThat(unnamed).isInstanceOf(CallerTransaction.Unnamed.class);
            assertThat(unnamed.isSameAs(unnamed)).isFalse();
            assertThat(unnamed.isSameAs(again)).isFalse();
        }
    }
}
