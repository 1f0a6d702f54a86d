package io.github.cameldataverse.changes.docs.cookbook;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

public class BatchesRecipe extends RouteBuilder {

    @Override
    public void configure() {
        // tag::route[]
        from("dataverse-changes:account?select=name,revenue&exchangePer=batch&batchSize=100")
                // The two ends of a reload are no batch.
                .filter(header("CamelDataverseChangesSize").isNotNull())
                .setHeader("CamelFileName", simple("${header.CamelDataverseChangesKey}.jsonl"))
                .process(BatchesRecipe::lines)
                .to("file:{{folder}}?tempPrefix=.part-&fileExist=TryRename");
        // end::route[]
    }

    // tag::lines[]
    /** A line for each row and each tombstone, as served. */
    static void lines(Exchange exchange) {
        List<?> rows = exchange.getMessage().getBody(List.class);
        String lines = rows.stream().map(String::valueOf).collect(Collectors.joining("\n", "", "\n"));
        exchange.getMessage().setBody(lines);
    }
    // end::lines[]
}
