package io.github.cameldataverse.changes.docs.cookbook;

import java.io.IOException;
import java.sql.SQLTransientException;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;

public class DeadLetterRecipe extends RouteBuilder {
    @Override
    public void configure() {
        // tag::dead-letters[]
        // What the sink refuses goes to the dead letters. If they are down too, the exchange fails: nothing is lost.
        errorHandler(deadLetterChannel("{{dead-letters}}")
                .deadLetterHandleNewException(false)
                .useOriginalMessage()
                .maximumRedeliveries(2)
                .redeliveryDelay(500));

        // An outage is not the fault of the change: it fails, and is offered again at the next poll.
        onException(IOException.class, SQLTransientException.class)
                .handled(false)
                .log(LoggingLevel.WARN, "The sink is down, changes wait: ${exception.message}");
        // end::dead-letters[]
        from("dataverse-changes:account?select=name").to("{{sink}}");
    }
}
