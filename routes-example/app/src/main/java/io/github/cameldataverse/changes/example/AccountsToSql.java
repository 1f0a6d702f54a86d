package io.github.cameldataverse.changes.example;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import javax.sql.DataSource;
import org.apache.camel.builder.RouteBuilder;

/** The table {@code account} follows the accounts of the organization. */
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
            + "&knownIds=true&onTokenExpired=resync&delay={{example.delay}}&select=" + ACCOUNTS.select();

    @Inject
    DataSource dataSource;

    @Inject
    Arrivals arrivals;

    @Override
    public void configure() {
        from(CHANGES)
                .routeId("accounts-to-sql")
                .process(new SqlSink(dataSource, ACCOUNTS))
                .process(exchange -> arrivals.note("account-sql", Incoming.of(exchange)));
    }
}
