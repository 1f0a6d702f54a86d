package io.github.cameldataverse.changes.example;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the broker, when a route to a queue starts, whether it goes on to recognise what it has had. An Artemis broker forgets
 * that with the address, which it deletes by itself when the queue is empty and nobody reads it. It tells its settings to a user
 * who may send to its management address; from another one they cannot be known.
 */
final class QueuePreflight extends RoutePolicySupport {

    private static final Logger LOG = LoggerFactory.getLogger(QueuePreflight.class);

    /** By the names that its configuration has, and those that it tells them by. */
    private static final Map<String, String> MUST_BE_FALSE =
            Map.of("auto-delete-queues", "autoDeleteQueues", "auto-delete-addresses", "autoDeleteAddresses");

    private static final String MANAGEMENT = "activemq.management";
    private static final long PATIENCE = 5_000;

    private final ConnectionFactory connections;
    private final String queue;

    QueuePreflight(ConnectionFactory connections, String queue) {
        this.connections = connections;
        this.queue = queue;
    }

    @Override
    public void onStart(Route route) {
        try {
            finding().ifPresent(sentence -> LOG.warn("{}: {}", route.getRouteId(), sentence));
        } catch (JMSException | JMSRuntimeException | JsonProcessingException e) {
            LOG.info(
                    "{}: the broker does not tell the settings of the queue {} ({}). See that auto-delete-queues and"
                            + " auto-delete-addresses are false there",
                    route.getRouteId(),
                    queue,
                    e.toString());
        }
    }

    /** What is wrong with the settings of the queue, in a sentence; empty if nothing is. */
    Optional<String> finding() throws JMSException, JsonProcessingException {
        JsonNode settings = settings();
        List<String> wrong = MUST_BE_FALSE.entrySet().stream()
                .filter(setting -> settings.path(setting.getValue()).asBoolean(true))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        return wrong.isEmpty()
                ? Optional.empty()
                : Optional.of("The broker forgets which messages it has had when it deletes the empty queue " + queue
                        + ", and over a restart: a repeated change then arrives twice. Set "
                        + String.join(" and ", wrong)
                        + " to false in the address-setting that matches " + queue);
    }

    private JsonNode settings() throws JMSException, JsonProcessingException {
        ObjectMapper json = new ObjectMapper();
        String answer = ask("getAddressSettingsAsJSON", json.writeValueAsString(List.of(queue)));
        // A list of what the operation returns, which is a text with JSON in it.
        return json.readTree(json.readTree(answer).path(0).asText());
    }

    private String ask(String operation, String arguments) throws JMSException {
        try (JMSContext context = connections.createContext()) {
            TemporaryQueue replies = context.createTemporaryQueue();
            TextMessage question = context.createTextMessage(arguments);
            question.setStringProperty("_AMQ_ResourceName", "broker");
            question.setStringProperty("_AMQ_OperationName", operation);
            question.setJMSReplyTo(replies);
            context.createProducer().send(context.createQueue(MANAGEMENT), question);
            Message answer = context.createConsumer(replies).receive(PATIENCE);
            if (answer == null || !answer.getBooleanProperty("_AMQ_OperationSucceeded")) {
                throw new JMSException(answer == null ? "no answer" : answer.getBody(String.class));
            }
            return answer.getBody(String.class);
        }
    }
}
