package io.github.cameldataverse.changes.harness.sql;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.api.ManualCommit;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** A table that only grows, in a database with transactions of Spring: as many lines as a change had effects. */
public final class TransactedLog {

    private final DataSource joining;
    private final TransactionTemplate transaction;

    public TransactedLog(DataSource database) {
        joining = new TransactionAwareDataSourceProxy(database);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
    }

    /** Something done in a transaction. */
    public interface Work {
        void in(TransactionStatus transaction) throws Exception;
    }

    public void create() throws SQLException {
        try (Connection connection = joining.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE change_log (seq BIGINT GENERATED ALWAYS AS IDENTITY, line VARCHAR(200) NOT NULL)");
        }
    }

    /** A repository that joins the transaction of its caller. */
    public JdbcDeltaTokenRepository tokens() {
        return new JdbcDeltaTokenRepository(joining);
    }

    /** A route: a line for the change and the commit of its exchange in one transaction, with something in between. */
    public Processor writing(Processor beforeTheCommit) {
        return exchange -> inTransaction(status -> {
            write(line(exchange));
            beforeTheCommit.process(exchange);
            commitOf(exchange).commit();
        });
    }

    /** A line for the change and the commit of its exchange, for a transaction that is open. */
    public void writeAndCommit(Exchange exchange) throws SQLException {
        write(line(exchange));
        commitOf(exchange).commit();
    }

    /** Does it in a transaction of its own, which any exception rolls back. */
    public void inTransaction(Work work) {
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

    public void write(String line) throws SQLException {
        try (Connection connection = joining.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO change_log (line) VALUES (?)")) {
            insert.setString(1, line);
            insert.executeUpdate();
        }
    }

    /** What is written for an exchange: the key of the change, or of a page how many rows it has. */
    public static String line(Exchange exchange) {
        return exchange.getMessage().getBody() instanceof List<?> page
                ? page.size() + " rows"
                : exchange.getMessage().getHeader(DataverseChangesConstants.KEY, String.class);
    }

    public static ManualCommit commitOf(Exchange exchange) {
        return exchange.getProperty(DataverseChangesConstants.MANUAL_COMMIT, ManualCommit.class);
    }

    /** The lines that are committed, oldest first. */
    public List<String> lines() throws SQLException {
        try (Connection connection = joining.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT line FROM change_log ORDER BY seq")) {
            List<String> lines = new ArrayList<>();
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
            return lines;
        }
    }
}
