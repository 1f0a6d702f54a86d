package io.github.cameldataverse.changes.lab;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.harness.JavaCommand;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import java.io.File;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A reader in a process of its own: Camel Main, the accounts to SQL, its token beside them. To be killed. */
public final class SqlReaderProcess extends RouteBuilder {

    private final String organization;
    private final Connection sink;

    private SqlReaderProcess(String organization, Connection sink) {
        this.organization = organization;
        this.sink = sink;
    }

    /** Arguments: address of the organization, JDBC address of the database. */
    public static void main(String[] args) throws Exception {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(args[1]);
        Connection sink = database.getConnection();
        sink.setAutoCommit(false);
        Main main = new Main();
        main.configure().addRoutesBuilder(new SqlReaderProcess(args[0], sink));
        main.bind(
                "tokens", new JdbcDeltaTokenRepository(new SingleConnectionDataSource(database.getConnection(), true)));
        main.run();
    }

    static Process start(String organization, String database, File log) throws Exception {
        return new ProcessBuilder(JavaCommand.of(128, SqlReaderProcess.class, organization, database))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    @Override
    public void configure() {
        from("dataverse-changes:account?organizationUrl=" + organization + "&allowInsecure=true&accessToken=demo"
                        + "&bodyType=map&idempotentRepository=#tokens&initialDelay=0&delay=500")
                .process(this::write);
    }

    /** Effect and journal in one transaction: the journal tells how often the effect took place. */
    private void write(Exchange exchange) throws SQLException {
        String type = exchange.getMessage().getHeader(DataverseChangesConstants.CHANGE_TYPE, String.class);
        try {
            if ("upsert".equals(type)) {
                AccountsSqlTable.upsert(sink, exchange.getMessage().getBody(Map.class));
            } else {
                AccountsSqlTable.delete(
                        sink, exchange.getMessage().getHeader(DataverseChangesConstants.ID, String.class));
            }
            AccountsSqlTable.journal(
                    sink, exchange.getMessage().getHeader(DataverseChangesConstants.KEY, String.class));
            sink.commit();
        } catch (SQLException e) {
            sink.rollback();
            throw e;
        }
    }
}
