package io.github.cameldataverse.changes.example;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;

/**
 * A receiver of the queue, standing for yours. It takes messages in a local transaction: one that it fails to work off
 * comes again.
 */
@ApplicationScoped
class QueueToJournal extends RouteBuilder {

    @Inject
    Arrivals arrivals;

    @Override
    public void configure() {
        from("jms:queue:accounts?transacted=true&lazyCreateTransactionManager=false&cacheLevelName=CACHE_CONSUMER&recoveryInterval=1000"
                        + "&concurrentConsumers=2")
                .routeId("queue-to-journal")
                .process(this::note);
    }

    private void note(Exchange exchange) {
        Message message = exchange.getMessage();
        arrivals.note("queue", message.getHeader("type", String.class), message.getHeader("key", String.class));
    }
}
