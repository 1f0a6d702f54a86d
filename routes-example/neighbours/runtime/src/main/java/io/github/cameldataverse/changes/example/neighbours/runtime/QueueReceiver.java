package io.github.cameldataverse.changes.example.neighbours.runtime;

import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;

/**
 * A receiver of the queue {@code accounts}, in the place of yours. It takes messages in a local transaction: one that it
 * fails to process comes again. It only takes them from the queue, which would grow without end.
 */
@ApplicationScoped
class QueueReceiver extends RouteBuilder {

    @Override
    public void configure() {
        from("jms:queue:accounts?transacted=true&lazyCreateTransactionManager=false&cacheLevelName=CACHE_CONSUMER&recoveryInterval=1000"
                        + "&concurrentConsumers=2")
                .routeId("queue-receiver")
                .log(LoggingLevel.DEBUG, "arrived", "${routeId} ${header.key}");
    }
}
