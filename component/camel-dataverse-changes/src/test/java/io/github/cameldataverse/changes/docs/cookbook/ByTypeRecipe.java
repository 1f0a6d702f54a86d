package io.github.cameldataverse.changes.docs.cookbook;

import java.math.BigDecimal;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.dataformat.JsonLibrary;

/** Looks at the type of a change first, and makes an object of what is a row. */
public class ByTypeRecipe extends RouteBuilder {

    // tag::by-type[]
    /** A name for each column of select, and one for the key of the table. */
    public record Account(String accountid, String name, BigDecimal revenue) {}

    @Override
    public void configure() {
        from("dataverse-changes:account?select=name,revenue&bodyMembers=columns")
                .choice()
                .when(header("CamelDataverseChangesChangeType").isEqualTo("upsert"))
                .unmarshal()
                .json(JsonLibrary.Jackson, Account.class)
                .to("direct:written")
                // The body of a delete is its tombstone: an id and a reason, and no columns.
                .when(header("CamelDataverseChangesChangeType").isEqualTo("delete"))
                .setBody(header("CamelDataverseChangesId"))
                .to("direct:deleted");
        // The two ends of a reload have no body, and need nothing here.
    }
    // end::by-type[]
}
