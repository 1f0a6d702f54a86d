package io.github.cameldataverse.changes.docs.cookbook;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.dataformat.JsonLibrary;

public class HistoryRecipe extends RouteBuilder {

    @Override
    public void configure() {
        // tag::route[]
        from("dataverse-changes:account?select=name,revenue")
                .filter(header("CamelDataverseChangesChangeType").isEqualTo("upsert"))
                .unmarshal()
                .json(JsonLibrary.Jackson, Account.class)
                .to("sql:insert into account_history (accountid, version, name, revenue)"
                        + " values (cast(:#CamelDataverseChangesId as uuid), :#CamelDataverseChangesVersion,"
                        + " :#${body.name}, :#${body.revenue}) on conflict do nothing");
        // end::route[]
    }
}
