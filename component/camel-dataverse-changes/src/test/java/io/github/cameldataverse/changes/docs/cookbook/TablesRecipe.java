package io.github.cameldataverse.changes.docs.cookbook;

import org.apache.camel.builder.RouteBuilder;

// tag::class[]
public class TablesRecipe extends RouteBuilder {
    // tag::tables[]
    @Override
    public void configure() {
        routeTemplate("table-to-files")
                .templateParameter("table")
                .from("dataverse-changes:{{table}}")
                .filter(header("CamelDataverseChangesId").isNotNull())
                .setHeader("CamelFileName", simple("${header.CamelDataverseChangesKey}.json"))
                .to("file:{{folder}}/{{table}}?tempPrefix=.part-&fileExist=TryRename");

        // For example tables = account,contact,new_project
        for (String table :
                getContext().resolvePropertyPlaceholders("{{tables}}").split(",")) {
            templatedRoute("table-to-files")
                    .routeId(table.strip() + "-to-files")
                    .parameter("table", table.strip());
        }
    }
    // end::tables[]
}
// end::class[]
