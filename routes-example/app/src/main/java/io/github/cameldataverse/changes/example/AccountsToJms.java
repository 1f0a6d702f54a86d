package io.github.cameldataverse.changes.example;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;

/**
 * Every change of an account becomes a persistent message on the queue {@code accounts}.
 *
 * <p>The broker drops a message whose duplicate-detection id it has seen, so a repeated change arrives once, as long as the
 * broker does not forget: {@link QueuePreflight} looks at the settings that this depends on. Messages of
 * one record form a group, so competing consumers keep their order. The properties {@code type}, {@code id}, {@code
 * version} and {@code key} say what has changed.
 */
@ApplicationScoped
class AccountsToJms extends RouteBuilder {

    static final String CHANGES = "dataverse-changes:account?subscription=jms&idempotentRepository=#fileTokens"
            + "&delay={{example.delay}}&select=" + Account.COLUMNS;

    private static final String QUEUE = "accounts";

    @Inject
    ConnectionFactory connections;

    @Override
    public void configure() {
        from(CHANGES)
                .routeId("accounts-to-jms")
                .routePolicy(new QueuePreflight(connections, QUEUE))
                .process(Outgoing::describeBracket)
                .process(AccountsToJms::setProperties)
                .to("jms:queue:" + QUEUE + "?jmsMessageType=Text&deliveryPersistent=true")
                .log(LoggingLevel.DEBUG, "arrived", "${routeId} ${header.CamelDataverseChangesKey}");
    }

    private static void setProperties(Exchange exchange) {
        Incoming change = Incoming.of(exchange);
        Message message = exchange.getMessage();
        message.setHeader("_AMQ_DUPL_ID", change.key() + reload(message));
        message.setHeader("JMSXGroupID", change.subject());
        Outgoing.setProperties(message);
    }

    /** A reload sends every row once more, and the receiver wants them; a repeat within it has the same round. */
    private static String reload(Message message) {
        boolean reload = "resync".equals(message.getHeader(DataverseChangesConstants.PHASE, String.class));
        return reload ? "#" + message.getHeader(DataverseChangesConstants.ROUND, Long.class) : "";
    }
}
