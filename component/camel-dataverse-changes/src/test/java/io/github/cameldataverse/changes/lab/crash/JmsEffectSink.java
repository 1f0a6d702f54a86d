package io.github.cameldataverse.changes.lab.crash;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** Effects as persistent messages, sent one by one; the broker is not asked to recognise a repeated one. */
final class JmsEffectSink implements EffectSink {

    private static final long DRAINED = 200;

    private final Connection connection;
    private final Session session;
    private final MessageProducer producer;

    /** @param where address of the broker, a blank, name of the queue */
    JmsEffectSink(String where) throws JMSException {
        connection = connect(where);
        session = connection.createSession();
        producer = session.createProducer(session.createQueue(queue(where)));
    }

    private static String queue(String where) {
        return where.substring(where.indexOf(' ') + 1);
    }

    @SuppressWarnings("resource") // the connection needs no open factory
    private static Connection connect(String where) throws JMSException {
        return new ActiveMQConnectionFactory(where.substring(0, where.indexOf(' '))).createConnection();
    }

    @Override
    public void write(SinkEffect effect) throws JMSException {
        producer.send(session.createTextMessage(effect.line()));
    }

    /** Takes all messages out of the queue. */
    static List<SinkEffect> drain(String where) throws JMSException {
        List<SinkEffect> effects = new ArrayList<>();
        try (Connection connection = connect(where);
                Session session = connection.createSession();
                MessageConsumer consumer = session.createConsumer(session.createQueue(queue(where)))) {
            connection.start();
            TextMessage message = (TextMessage) consumer.receive(DRAINED);
            while (message != null) {
                effects.add(SinkEffect.of(message.getText().replace("\n", "")));
                message = (TextMessage) consumer.receive(DRAINED);
            }
        }
        return effects;
    }

    @Override
    public void close() throws JMSException {
        connection.close();
    }
}
