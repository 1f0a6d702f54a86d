package io.github.cameldataverse.changes.lab.crash;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.api.ManualCommit;
import io.github.cameldataverse.changes.harness.sql.LostCommitAnswers;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Effects in the transactions in which the token moves. Of every three exchanges the first delivery of one gets no answer to its
 * commit, and that of another one is rolled back behind it: the route delivers both once more.
 */
final class TransactedEffectSink implements EffectSink {

    private static final int LOSES_ITS_ANSWER = 1;
    private static final int IS_ROLLED_BACK = 2;
    private static final int TURNS = 3;

    private final LostCommitAnswers answers;
    private final DataSource joining;
    private final TransactionTemplate transaction;
    private int turn;

    TransactedEffectSink(DataSource database) {
        answers = new LostCommitAnswers(database);
        DataSource lossy = answers.dataSource();
        joining = new TransactionAwareDataSourceProxy(lossy);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(lossy));
    }

    JdbcDeltaTokenRepository tokens() {
        return new JdbcDeltaTokenRepository(joining);
    }

    @Override
    public void take(SinkEffect effect, Exchange exchange) {
        int now = isFirstDelivery(exchange) ? ++turn % TURNS : 0;
        if (now == LOSES_ITS_ANSWER) {
            answers.lose();
        }
        transaction.executeWithoutResult(status -> {
            write(effect);
            exchange.getProperty(DataverseChangesConstants.MANUAL_COMMIT, ManualCommit.class)
                    .commit();
            if (now == IS_ROLLED_BACK) {
                throw new IllegalStateException("The transaction is rolled back behind its commit()");
            }
        });
    }

    private static boolean isFirstDelivery(Exchange exchange) {
        return exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class) == 0;
    }

    @Override
    public void write(SinkEffect effect) {
        try (Connection connection = joining.getConnection()) {
            SqlEffectSink.insert(connection, effect);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        // Connections are opened and closed by the transactions.
    }
}
