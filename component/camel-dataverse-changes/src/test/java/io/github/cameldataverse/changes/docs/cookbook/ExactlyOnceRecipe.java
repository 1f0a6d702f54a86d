package io.github.cameldataverse.changes.docs.cookbook;

import io.github.cameldataverse.changes.api.AlreadyCommittedException;
import io.github.cameldataverse.changes.api.ManualCommit;
import io.github.cameldataverse.changes.token.TokenConflictException;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import javax.sql.DataSource;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

public class ExactlyOnceRecipe extends RouteBuilder {
    private final DataSource pool;

    public ExactlyOnceRecipe(DataSource pool) {
        this.pool = pool;
    }

    // tag::route[]
    @Override
    public void configure() {
        // Rows and tokens go through the same proxy, so both join the transaction of the route.
        DataSource joining = new TransactionAwareDataSourceProxy(pool);
        AccountRows rows = new AccountRows(joining);
        bindToRegistry("tokens", new JdbcDeltaTokenRepository(joining));
        bindToRegistry("required", new SpringTransactionPolicy(new DataSourceTransactionManager(pool)));

        // Behind an attempt that was committed, or behind another reader: rolled back, and no more.
        onException(AlreadyCommittedException.class, TokenConflictException.class)
                .maximumRedeliveries(0)
                .handled(false)
                .log("${exception.message}");

        from("dataverse-changes:account?select=name,revenue&bodyType=map&onTokenExpired=resync"
                        + "&knownIds=true&manualCommit=true&idempotentRepository=#tokens")
                .transacted("required")
                .choice()
                .when(header("CamelDataverseChangesChangeType").isEqualTo("upsert"))
                .bean(rows, "upsert")
                .when(header("CamelDataverseChangesChangeType").isEqualTo("delete"))
                .bean(rows, "delete")
                .end()
                .process(exchange -> exchange.getProperty("CamelDataverseChangesManualCommit", ManualCommit.class)
                        .commit());
    }
    // end::route[]
}
