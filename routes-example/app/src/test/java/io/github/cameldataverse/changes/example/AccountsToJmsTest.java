package io.github.cameldataverse.changes.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AccountsToJmsTest extends RouteTest {

    @Inject
    ConnectionFactory connections;

    @AfterEach
    void theReceiverGoesOn() throws Exception {
        camel.getRouteController().startRoute("queue-receiver");
    }

    @Test
    void upsertsAndDeletesArriveAtTheReceiver() {
        String id = newAccount("Contoso");
        String created = upsertKey(accounts(), id);
        soon().untilAsserted(() -> assertThat(journal("queue-receiver", id)).containsExactly(created));
        accounts().delete(id);
        soon().untilAsserted(() -> assertThat(journal("queue-receiver", id)).hasSize(2));
        assertThat(journal("queue-receiver", id).get(1)).startsWith(id + "!");
    }

    @Test
    void aMessageIsPersistentAndSaysWhatHasChanged() throws Exception {
        camel.getRouteController().stopRoute("queue-receiver");
        String id = newAccount("Fabrikam");
        String key = upsertKey(accounts(), id);
        soon().untilAsserted(() -> assertThat(waiting(id)).hasSize(1));

        Message message = waiting(id).get(0);
        assertThat(message.getJMSDeliveryMode()).isEqualTo(DeliveryMode.PERSISTENT);
        assertThat(message.getStringProperty("type")).isEqualTo("upsert");
        assertThat(message.getStringProperty("id")).isEqualTo(id);
        assertThat(message.getLongProperty("version")).isEqualTo(accounts().version(id));
        assertThat(message.getStringProperty("key")).isEqualTo(key);
        assertThat(message.getStringProperty("JMSXGroupID")).isEqualTo(id);
        assertThat(message.getStringProperty("_AMQ_DUPL_ID")).isEqualTo(key);
        assertThat(((TextMessage) message).getText()).contains("\"name\":\"Fabrikam\"");
        assertThat(Collections.list(propertyNames(message))).noneMatch(name -> name.startsWith("Camel"));
    }

    @Test
    void aReloadReachesTheReceiverWhole() throws Exception {
        camel.getRouteController().stopRoute("queue-receiver");
        String id = newAccount("Tailspin");
        soon().untilAsserted(() -> assertThat(waiting(id)).hasSize(1));

        reload(AccountsToJms.CHANGES);
        soon().untilAsserted(() -> assertThat(waiting("resyncCompleted")).hasSize(1));
        assertThat(waiting(id)).as("sent before, and in the reload").hasSize(2);
    }

    @Test
    void aMessageThatIsSentAgainIsKeptOnce() throws Exception {
        camel.getRouteController().stopRoute("queue-receiver");
        String id = newAccount("Proseware");
        soon().untilAsserted(() -> assertThat(waiting(id)).hasSize(1));
        String repeated = waiting(id).get(0).getStringProperty("_AMQ_DUPL_ID");

        camel.createProducerTemplate()
                .sendBodyAndHeaders("jms:queue:accounts", "{}", Map.of("_AMQ_DUPL_ID", repeated, "JMSXGroupID", id));
        assertThat(waiting(id)).hasSize(1);
        assertThat(((TextMessage) waiting(id).get(0)).getText()).contains("Proseware");
    }

    @Test
    void theBrokerOfDevModeGoesOnToRecogniseWhatItHasHad() throws Exception {
        assertThat(new QueuePreflight(connections, "accounts").finding()).isEmpty();
    }

    @Test
    void aBrokerThatWouldForgetIsToldWithTheSettingsToSet() throws Exception {
        Map<String, Object> asABrokerHasThem = Map.of("autoDeleteQueues", true, "autoDeleteAddresses", true);
        setAddressSettings("forgetful", new ObjectMapper().writeValueAsString(asABrokerHasThem));
        assertThat(new QueuePreflight(connections, "forgetful").finding().orElseThrow())
                .contains("the empty queue forgetful")
                .contains("Set auto-delete-addresses and auto-delete-queues to false");
    }

    @Test
    void aChangeWaitsForABrokerThatIsDown() throws Exception {
        String id;
        try (BrokerOutage outage = BrokerOutage.begin()) {
            id = newAccount("Wingtip");
            String key = upsertKey(accounts(), id);
            soon().untilAsserted(
                            () -> assertThat(journal("accounts-to-files", id)).containsExactly(key));
            assertThat(journal("accounts-to-jms", id)).isEmpty();
        }
        soon().untilAsserted(
                        () -> assertThat(journal("queue-receiver", id)).containsExactly(upsertKey(accounts(), id)));
    }

    private static void setAddressSettings(String address, String settings) throws JMException {
        MBeanServer jmx = ManagementFactory.getPlatformMBeanServer();
        ObjectName broker = jmx.queryNames(new ObjectName("org.apache.activemq.artemis:broker=*"), null)
                .iterator()
                .next();
        String[] types = {String.class.getName(), String.class.getName()};
        jmx.invoke(broker, "addAddressSettings", new Object[] {address, settings}, types);
    }

    private List<Message> waiting(String group) throws JMSException {
        try (JMSContext context = connections.createContext()) {
            List<Message> all = Collections.list(messages(context));
            return all.stream()
                    .filter(message -> group.equals(property(message)))
                    .toList();
        }
    }

    @SuppressWarnings("unchecked")
    private static java.util.Enumeration<Message> messages(JMSContext context) throws JMSException {
        return context.createBrowser(context.createQueue("accounts")).getEnumeration();
    }

    @SuppressWarnings("unchecked")
    private static java.util.Enumeration<String> propertyNames(Message message) throws JMSException {
        return message.getPropertyNames();
    }

    private static String property(Message message) {
        try {
            return message.getStringProperty("JMSXGroupID");
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }
}
