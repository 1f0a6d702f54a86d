package io.github.cameldataverse.changes.docs.cookbook;

import org.apache.camel.builder.RouteBuilder;

public class ReloadRecipe extends RouteBuilder {
    @Override
    public void configure() {
        // tag::reload[]
        // Any file that is put there asks for one reload, and is gone when it is asked for.
        from("file:{{folder}}/reload?delete=true").to("dataverse-changes:account?operation=resync");
        // end::reload[]
    }
}
