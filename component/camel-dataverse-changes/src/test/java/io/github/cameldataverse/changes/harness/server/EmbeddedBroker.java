package io.github.cameldataverse.changes.harness.server;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.deployers.impl.FileConfigurationParser;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** A broker on TCP that keeps its messages, and what it needs to recognise a repeated one, in a directory. */
public final class EmbeddedBroker implements AutoCloseable {

    private static final String QUEUE = "changes";

    /** A queue with the settings that a broker has by itself: it goes when it is empty and nobody reads it. */
    public static final String FLEETING = "fleeting";

    /** How often the broker looks for queues and addresses that it may delete; by itself every 30 seconds. */
    private static final long SCAN = 200;

    private static final int JOURNAL = 1024 * 1024;

    /** Milliseconds in which a message comes, however slow the machine is. */
    private static final long LONG = 30_000;

    /** Milliseconds without a message after which none is there. */
    private static final long SHORT = 500;

    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    private final int port;

    /** @param bytes that an address holds before its senders have to wait; -1 is no limit */
    public EmbeddedBroker(Path directory, long bytes) throws Exception {
        port = FreePort.choose();
        broker.setConfiguration(configuration(directory, bytes));
        start();
    }

    private ConfigurationImpl configuration(Path directory, long bytes) throws Exception {
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration.setSecurityEnabled(false).setJMXManagementEnabled(false).setMaxDiskUsage(-1);
        configuration.setJournalType(JournalType.NIO).setJournalFileSize(JOURNAL);
        configuration.setBrokerInstance(directory.toFile());
        configuration.addAcceptorConfiguration("tcp", "tcp://127.0.0.1:" + port);
        configuration.setAddressQueueScanPeriod(SCAN);
        configuration.addAddressSetting(FLEETING, new AddressSettings());
        configuration.addAddressSetting(
                QUEUE,
                settingsOfTheCookbook()
                        .setMaxSizeBytes(bytes)
                        .setAddressFullMessagePolicy(AddressFullMessagePolicy.BLOCK));
        return configuration;
    }

    /** As Artemis reads them from the lines that the cookbook shows. */
    private static AddressSettings settingsOfTheCookbook() throws Exception {
        try (InputStream xml = EmbeddedBroker.class.getResourceAsStream("/docs/cookbook/broker.xml")) {
            return new FileConfigurationParser()
                    .parseMainConfig(xml)
                    .getAddressSettings()
                    .get("accounts");
        }
    }

    /** A broker that was stopped comes back on the same port with what it had. */
    public void start() throws Exception {
        broker.start();
    }

    public void stop() throws Exception {
        broker.stop();
    }

    /** Where it listens; the scheme is for the proxy. */
    public URI address() {
        return URI.create("tcp://127.0.0.1:" + port);
    }

    /** Messages in the queue, which is there from the first producer on. */
    public long count() {
        Queue queue = broker.getActiveMQServer().locateQueue(QUEUE);
        return queue == null ? 0 : queue.getMessageCount();
    }

    /** Whether the broker has deleted the fleeting queue, and with it what it remembered of it. */
    public boolean hasForgotten() {
        SimpleString fleeting = SimpleString.of(FLEETING);
        return broker.getActiveMQServer().getPostOffice().getAddressInfo(fleeting) == null;
    }

    /** Sends the same persistent message to both queues. */
    public void sendToBoth(String key) throws JMSException {
        send(String.valueOf(port), QUEUE, key, "", () -> {});
        send(String.valueOf(port), FLEETING, key, "", () -> {});
    }

    /**
     * Sends one persistent message by a connection of its own, and returns when the broker has said that it has it.
     *
     * @param port of the broker, or of a proxy in front of it; options of the client may follow
     * @param key the broker drops a message whose key it has seen
     * @param ready is called when nothing is left to do but to send
     */
    public static void send(String port, String key, String text, Runnable ready) throws JMSException {
        send(port, QUEUE, key, text, ready);
    }

    private static void send(String port, String queue, String key, String text, Runnable ready) throws JMSException {
        try (Connection connection = connect(port);
                Session session = connection.createSession();
                MessageProducer producer = session.createProducer(session.createQueue(queue))) {
            TextMessage message = session.createTextMessage(text);
            message.setStringProperty("_AMQ_DUPL_ID", key);
            message.setStringProperty("key", key);
            ready.run();
            producer.send(message);
        }
    }

    /** Takes so many messages out of the queue, waiting for each, and what comes right behind them; their keys. */
    public List<String> drain(int expected) throws JMSException {
        return drain(QUEUE, expected);
    }

    public List<String> drain(String queue, int expected) throws JMSException {
        List<String> keys = new ArrayList<>();
        try (Connection connection = connect(String.valueOf(port));
                Session session = connection.createSession();
                MessageConsumer consumer = session.createConsumer(session.createQueue(queue))) {
            connection.start();
            TextMessage message = (TextMessage) consumer.receive(patience(keys, expected));
            while (message != null) {
                keys.add(message.getStringProperty("key"));
                message = (TextMessage) consumer.receive(patience(keys, expected));
            }
        }
        return keys;
    }

    private static long patience(List<String> keys, int expected) {
        return keys.size() < expected ? LONG : SHORT;
    }

    @SuppressWarnings("resource") // the connection needs no open factory
    private static Connection connect(String port) throws JMSException {
        return new ActiveMQConnectionFactory("tcp://127.0.0.1:" + port).createConnection();
    }

    @Override
    public void close() throws Exception {
        broker.stop();
    }
}
