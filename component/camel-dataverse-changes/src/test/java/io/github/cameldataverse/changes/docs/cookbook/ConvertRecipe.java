package io.github.cameldataverse.changes.docs.cookbook;

import java.util.Map;
import org.apache.camel.builder.RouteBuilder;

public class ConvertRecipe extends RouteBuilder {

    @Override
    public void configure() {
        // tag::route[]
        from("dataverse-changes:account?select=name,revenue")
                .filter(header("CamelDataverseChangesChangeType").isEqualTo("upsert"))
                // The column is a BigDecimal in the class: 10.0000 stays 10.0000.
                .convertBodyTo(Account.class)
                .to("{{sink}}");
        // end::route[]

        // tag::trap[]
        from("dataverse-changes:account?select=name,revenue&subscription=doubles")
                .filter(header("CamelDataverseChangesChangeType").isEqualTo("upsert"))
                // Nothing says what the column is: 10.0000 becomes the double 10.0. Use bodyType=map instead.
                .convertBodyTo(Map.class)
                .to("{{doubles}}");
        // end::trap[]
    }
}
