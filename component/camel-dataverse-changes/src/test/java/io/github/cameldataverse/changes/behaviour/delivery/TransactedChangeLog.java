package io.github.cameldataverse.changes.behaviour.delivery;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.api.ManualCommit;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** A table that only grows, a line for each effect of a change, in a database with transactions of Spring. */
final class TransactedChangeLog implements AutoCloseable {

    private final JdbcConnectionPool pool =
            JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    private final DataSource joining = new TransactionAwareDataSourceProxy(pool);
    private final TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(pool));

    TransactedChangeLog() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection
                    .createStatement()
                    .execute("CREATE TABLE change_log (seq BIGINT GENERATED ALWAYS AS IDENTITY, line VARCHAR(200))");
        }
    }

    /** Something done in a transaction. */
    interface Work {
        void in(TransactionStatus transaction) throws Exception;
    }

    /** Does it in a transaction of its own, which any exception rolls back. */
    void inTransaction(Work work) {
        transaction.executeWithoutResult(status -> {
            try {
                work.in(status);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** A repository that joins the transaction of its caller. */
    JdbcDeltaTokenRepository tokens() {
        return new JdbcDeltaTokenRepository(joining);
    }

    /** What a sink does: a line for the change, and the commit of its exchange. */
    void writeAndCommit(Exchange exchange) throws SQLException {
        write(exchange);
        commitOf(exchange).commit();
    }

    void write(Exchange exchange) throws SQLException {
        write(exchange.getMessage().getHeader(DataverseChangesConstants.KEY, String.class));
    }

    void write(String line) throws SQLException {
        try (Connection connection = joining.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO change_log (line) VALUES (?)")) {
            insert.setString(1, line);
            insert.executeUpdate();
        }
    }

    /** All lines that are committed, in the order in which they were written. */
    List<String> lines() throws SQLException {
        try (Connection connection = pool.getConnection();
                ResultSet rows =
                        connection.createStatement().executeQuery("SELECT line FROM change_log ORDER BY seq")) {
            List<String> lines = new ArrayList<>();
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
            return lines;
        }
    }

    static ManualCommit commitOf(Exchange exchange) {
        return exchange.getProperty(DataverseChangesConstants.MANUAL_COMMIT, ManualCommit.class);
    }

    @Override
    public void close() {
        pool.dispose();
    }
}
