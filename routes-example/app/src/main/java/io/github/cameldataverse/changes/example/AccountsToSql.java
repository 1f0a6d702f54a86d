package io.github.cameldataverse.changes.example;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.api.ManualCommit;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * The table {@code account} follows the accounts of the organization. The row, its line in {@code account_log} and the token
 * move in one JTA transaction, so the log has every change exactly once.
 */
@ApplicationScoped
class AccountsToSql extends RouteBuilder {

    static final SqlTable ACCOUNTS = SqlTable.named("account", "accountid")
            .with("name", ColumnType.TEXT)
            .with("accountnumber", ColumnType.TEXT)
            .with("emailaddress1", ColumnType.TEXT)
            .with("telephone1", ColumnType.TEXT)
            .with("revenue", ColumnType.DECIMAL)
            .with("numberofemployees", ColumnType.INTEGER)
            .with("creditonhold", ColumnType.BOOLEAN)
            .with("modifiedon", ColumnType.TIMESTAMP);

    static final String CHANGES = "dataverse-changes:account?subscription=sql&idempotentRepository=#sqlTokens"
            + "&knownIds=true&onTokenExpired=resync&manualCommit=true"
            + "&delay={{example.delay}}&select=" + ACCOUNTS.select();

    @Inject
    DataSource dataSource;

    @Inject
    Arrivals arrivals;

    // tag::jta[]
    @Override
    public void configure() {
        SqlSink sink = new SqlSink(dataSource, ACCOUNTS);
        ChangeLog log = new ChangeLog(dataSource, "account_log");
        from(CHANGES)
                .routeId("accounts-to-sql")
                .process(exchange -> QuarkusTransaction.requiringNew().call(() -> {
                    sink.process(exchange);
                    log.note(Incoming.of(exchange));
                    commitOf(exchange).commit();
                    return exchange;
                }))
                .process(exchange -> arrivals.note("account-sql", Incoming.of(exchange)));
    }

    private static ManualCommit commitOf(Exchange exchange) {
        return exchange.getProperty(DataverseChangesConstants.MANUAL_COMMIT, ManualCommit.class);
    }
    // end::jta[]
}
