package io.github.cameldataverse.changes.example;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.api.ManualCommit;
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

    private static final String REFUSED = "direct:refused";

    @Override
    public void configuration() {
        routeConfiguration()
                .errorHandler(deadLetterChannel(REFUSED)
                        .deadLetterHandleNewException(false)
                        .useOriginalMessage()
                        .onPrepareFailure(DeadLetters::explain)
                        .logExhausted(false))
                .onException(Exception.class)
                .onWhen(exchange -> !isRefused(exchange))
                .handled(false)
                // Without a step here the change would go to the dead letters. The reader says what is wrong, once.
                .log(LoggingLevel.DEBUG, "${routeId} waits, its sink is down: ${exception.message}");
    }

    /**
     * Where a route commits its exchanges itself, a refused one is committed here, after the dead letters have it: its own
     * transaction was rolled back.
     */
    @Override
    public void configure() {
        from(REFUSED)
                .routeId("refused-to-dead-letters")
                .errorHandler(noErrorHandler())
                .to("{{example.dead-letters}}")
                .process(DeadLetters::commit);
    }

    private static void commit(Exchange exchange) {
        ManualCommit commit = exchange.getProperty(DataverseChangesConstants.MANUAL_COMMIT, ManualCommit.class);
        if (commit != null) {
            commit.commit();
        }
    }

    private static boolean isRefused(Exchange exchange) {
        return Refusal.reason(exchange.getException()).isPresent();
    }

    private static void explain(Exchange exchange) {
        Message message = exchange.getMessage();
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        Outgoing.setProperties(message);
        message.setHeader("route", exchange.getFromRouteId());
        message.setHeader("cause", Refusal.reason(failure).orElse(failure.getMessage()));
    }
}
