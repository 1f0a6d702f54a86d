package io.github.cameldataverse.changes.docs.cookbook;

import org.apache.camel.builder.RouteBuilder;

public class SqlRecipe extends RouteBuilder {
    private final AccountRows rows;

    public SqlRecipe(AccountRows rows) {
        this.rows = rows;
    }

    @Override
    public void configure() {
        // tag::route[]
        from("dataverse-changes:account?select=name,revenue&bodyType=map&onTokenExpired=resync&knownIds=true")
                .choice()
                .when(header("CamelDataverseChangesChangeType").isEqualTo("upsert"))
                .bean(rows, "upsert")
                .when(header("CamelDataverseChangesChangeType").isEqualTo("delete"))
                .bean(rows, "delete");
        // end::route[]
    }
}
