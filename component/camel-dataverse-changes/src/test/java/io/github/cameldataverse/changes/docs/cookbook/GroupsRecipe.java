package io.github.cameldataverse.changes.docs.cookbook;

import org.apache.camel.builder.RouteBuilder;

public class GroupsRecipe extends RouteBuilder {

    @Override
    public void configure() {
        // tag::route[]
        from("dataverse-changes:account?select=name,revenue&exchangePer=page")
                .filter(header("CamelDataverseChangesSize").isNotNull())
                .split(simple("${collate(100)}"))
                .stopOnException()
                .setHeader(
                        "CamelFileName",
                        simple("${header.CamelDataverseChangesKey}-${exchangeProperty.CamelSplitIndex}.jsonl"))
                .process(PagesRecipe::lines)
                .to("file:{{folder}}?tempPrefix=.part-&fileExist=TryRename");
        // end::route[]
    }
}
