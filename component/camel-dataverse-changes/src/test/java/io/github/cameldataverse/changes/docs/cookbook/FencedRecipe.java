package io.github.cameldataverse.changes.docs.cookbook;

import javax.sql.DataSource;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

public class FencedRecipe extends RouteBuilder {
    private final DataSource pool;

    public FencedRecipe(DataSource pool) {
        this.pool = pool;
    }

    // tag::route[]
    @Override
    public void configure() {
        DataSource joining = new TransactionAwareDataSourceProxy(pool);
        AccountFence fence = new AccountFence(joining);
        AccountRows rows = new AccountRows(joining);
        bindToRegistry("required", new SpringTransactionPolicy(new DataSourceTransactionManager(pool)));

        from("dataverse-changes:account?select=name,revenue&bodyType=map&onTokenExpired=resync&knownIds=true")
                .transacted("required")
                .bean(fence, "require")
                .choice()
                .when(header("CamelDataverseChangesChangeType").isEqualTo("upsert"))
                .bean(rows, "upsert")
                .when(header("CamelDataverseChangesChangeType").isEqualTo("delete"))
                .bean(rows, "delete");
    }
    // end::route[]
}
