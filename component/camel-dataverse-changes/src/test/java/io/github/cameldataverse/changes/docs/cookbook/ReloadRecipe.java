package io.github.cameldataverse.changes.docs.cookbook;

import org.apache.camel.builder.RouteBuilder;

public class ReloadRecipe extends RouteBuilder {
    @Override
    public void configure() {
        // tag::reload[]
        // Any file that is put there asks for one reload, and is gone when it is asked for.
        from("file:{{folder}}/reload?delete=true").to("dataverse-changes:account?operation=resync");
        // end::reload[]
        // tag::allow[]
        // A file whose name is the round lets that reload go on.
        from("file:{{folder}}/allow-deletes?delete=true")
                .setHeader("CamelDataverseChangesRound", simple("${file:onlyname}"))
                .to("dataverse-changes:account?operation=allowDeletes");
        // end::allow[]
    }
}
