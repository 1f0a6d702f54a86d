package io.github.cameldataverse.changes.example;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** A time in which the broker is not reached: it closes its port and all connections, and opens the port at the end. */
final class BrokerOutage implements AutoCloseable {

    private static final MBeanServer JMX = ManagementFactory.getPlatformMBeanServer();

    private BrokerOutage() {}

    static BrokerOutage begin() throws JMException {
        invoke("stop");
        return new BrokerOutage();
    }

    @Override
    public void close() throws JMException {
        invoke("start");
    }

    private static void invoke(String operation) throws JMException {
        ObjectName acceptors = new ObjectName("org.apache.activemq.artemis:component=acceptors,*");
        ObjectName acceptor = JMX.queryNames(acceptors, null).iterator().next();
        JMX.invoke(acceptor, operation, new Object[0], new String[0]);
    }
}
