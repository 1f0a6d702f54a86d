package io.github.cameldataverse.changes.example;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.api.ManualCommit;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;

/**
 * The table {@code account} follows the accounts of the organization, written by a processor. The row, its line in {@code
 * account_log} and the token move in one JTA transaction, so the log has every change exactly once.
 */
@ApplicationScoped
class AccountsToSql extends RouteBuilder {

    static final String CHANGES = "dataverse-changes:account?subscription=sql&idempotentRepository=#sqlTokens"
            + "&knownIds=true&onTokenExpired=resync&manualCommit=true"
            + "&delay={{example.delay}}&select=" + Account.COLUMNS;

    @Inject
    DataSource dataSource;

    // tag::jta[]
    @Override
    public void configure() {
        AccountTable table = new AccountTable(dataSource);
        from(CHANGES)
                .routeId("accounts-to-sql")
                .filter(ChangeType.UPSERT::isThatOf)
                .process(RowFormat::noteColumns)
                .unmarshal(RowFormat.of(Account.class))
                .end()
                .process(exchange -> QuarkusTransaction.requiringNew().call(() -> {
                    table.apply(exchange.getMessage());
                    table.log(Incoming.of(exchange));
                    commitOf(exchange).commit();
                    return exchange;
                }))
                // Nothing that can fail stands behind the transaction: its effect would stay.
                .log(LoggingLevel.DEBUG, "arrived", "${routeId} ${header.CamelDataverseChangesKey}");
    }

    private static ManualCommit commitOf(Exchange exchange) {
        return exchange.getProperty(DataverseChangesConstants.MANUAL_COMMIT, ManualCommit.class);
    }
    // end::jta[]
}
