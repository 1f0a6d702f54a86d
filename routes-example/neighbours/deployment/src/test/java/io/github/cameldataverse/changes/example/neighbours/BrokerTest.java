package io.github.cameldataverse.changes.example.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerTest {

    @TempDir
    Path directory;

    @Test
    void aPersistentMessageOutlivesARestart() throws Exception {
        try (Broker first = started()) {
            inSession(first, session -> {
                session.createQueue(QueueConfiguration.of("kept").setDurable(true));
                ClientMessage message = session.createMessage(true);
                message.getBodyBuffer().writeString("hello");
                session.createProducer("kept").send(message);
            });
        }
        try (Broker second = started()) {
            inSession(second, session -> {
                ClientMessage message = session.createConsumer("kept").receive(5_000);
                assertThat(message.getBodyBuffer().readString()).isEqualTo("hello");
            });
        }
    }

    @Test
    void aMessageThatIsSentAgainIsDroppedAlsoWhenTheQueueWasEmptyAtARestart() throws Exception {
        try (Broker first = started()) {
            inSession(first, session -> {
                session.createQueue(QueueConfiguration.of("accounts")
                        .setRoutingType(RoutingType.ANYCAST)
                        .setAutoCreated(true));
                send(session);
                ClientMessage message = session.createConsumer("accounts").receive(5_000);
                message.acknowledge();
            });
        }
        try (Broker second = started()) {
            inSession(second, session -> {
                send(session);
                assertThat(session.queueQuery(SimpleString.of("accounts")).getMessageCount())
                        .isZero();
            });
        }
    }

    private static void send(ClientSession session) throws ActiveMQException {
        ClientMessage message = session.createMessage(true);
        message.putStringProperty("_AMQ_DUPL_ID", "6bd5aff1-62f0-ef11-be20-000d3ab1c2d3@915244");
        session.createProducer("accounts").send(message);
    }

    @Test
    void aPortThatIsTakenIsRefused() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Broker broker = new Broker(new Place(taken.getLocalPort(), Optional.of(directory.toString())))) {
            assertThatThrownBy(broker::start)
                    .hasMessageContaining("Port " + taken.getLocalPort() + " of 127.0.0.1 is taken.")
                    .hasMessageContaining("quarkus.neighbours.broker.port");
        }
    }

    private Broker started() {
        Broker broker = new Broker(new Place(0, Optional.of(directory.toString())));
        broker.start();
        return broker;
    }

    private static void inSession(Broker broker, SessionWork work) throws Exception {
        try (ServerLocator locator = ActiveMQClient.createServerLocator(broker.getConnectionInfo());
                ClientSessionFactory factory = locator.createSessionFactory();
                ClientSession session = factory.createSession()) {
            session.start();
            work.accept(session);
        }
    }

    private interface SessionWork {
        void accept(ClientSession session) throws ActiveMQException;
    }
}
