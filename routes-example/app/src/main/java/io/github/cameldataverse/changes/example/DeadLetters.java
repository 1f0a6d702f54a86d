package io.github.cameldataverse.changes.example;

import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteConfigurationBuilder;

/**
 * What happens to a change that a sink does not take; holds for every route here.
 *
 * <p>A change that a sink refuses goes to the dead letters, and the next one follows. In an outage nothing goes there:
 * the exchange fails, and the change is delivered again at the next poll. If the dead letters are down too, the exchange
 * fails as well: with the default, {@code deadLetterHandleNewException(true)}, the change would be lost.
 */
@ApplicationScoped
class DeadLetters extends RouteConfigurationBuilder {

    @Override
    public void configuration() {
        routeConfiguration()
                .errorHandler(deadLetterChannel(RefusedChanges.ENDPOINT)
                        .deadLetterHandleNewException(false)
                        .useOriginalMessage()
                        .onPrepareFailure(DeadLetters::explain)
                        .logExhausted(false))
                .onException(Exception.class)
                .onWhen(exchange -> !isRefused(exchange))
                .handled(false)
                .log(LoggingLevel.WARN, "${routeId} waits, its sink is down: ${exception.message}");
    }

    private static boolean isRefused(Exchange exchange) {
        return exchange.getException(RefusedChangeException.class) != null;
    }

    private static void explain(Exchange exchange) {
        Message message = exchange.getMessage();
        Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        OwnProperties.set(message);
        message.setHeader("route", exchange.getFromRouteId());
        message.setHeader("cause", cause.getMessage());
    }
}
