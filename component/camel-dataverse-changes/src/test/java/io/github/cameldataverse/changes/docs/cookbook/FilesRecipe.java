package io.github.cameldataverse.changes.docs.cookbook;

import org.apache.camel.builder.RouteBuilder;

// tag::class[]
public class FilesRecipe extends RouteBuilder {
    @Override
    public void configure() {
        // tag::files[]
        from("dataverse-changes:account?select=name,revenue")
                // The two ends of a reload have no id and no row.
                .filter(header("CamelDataverseChangesId").isNotNull())
                .setHeader("CamelFileName", simple("${header.CamelDataverseChangesKey}.json"))
                .to("file:{{folder}}?tempPrefix=.part-&fileExist=TryRename");
        // end::files[]
    }
}
// end::class[]
