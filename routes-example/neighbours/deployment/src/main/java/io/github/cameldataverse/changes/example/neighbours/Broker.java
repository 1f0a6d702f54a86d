package io.github.cameldataverse.changes.example.neighbours;

import io.quarkus.deployment.builditem.Startable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.jspecify.annotations.Nullable;

/** An Artemis broker in this JVM, reached over TCP like any other, with its journal on disk. */
final class Broker implements Startable {

    private static final SimpleString UNDELIVERABLE = SimpleString.of("undeliverable");

    private static final String ACCEPTOR = "tcp";

    /** Kept in a field, because a log manager forgets the level of a logger that is garbage collected. */
    private static final Logger AUDIT = Logger.getLogger("org.apache.activemq.audit");

    private final Place place;
    private final int port;
    private final Path directory;
    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();

    Broker(Place place) {
        this.place = place;
        // Chosen here and not by the operating system at the start: after an outage it has to be the same one.
        this.port = place.choosePort();
        this.directory = place.chooseDirectory("broker");
    }

    @Override
    public void start() {
        // The broker itself would only log it.
        Place.requireFree(port, "broker");
        // It asks the JVM for the caller in a way that Java 24 and newer refuse, and the broker would not come up.
        AUDIT.setLevel(Level.OFF);
        try {
            broker.setConfiguration(configuration()).start();
        } catch (Exception e) {
            throw new IllegalStateException("The broker does not start at " + getConnectionInfo() + ".", e);
        }
        requireAcceptor();
    }

    /** A start that failed is only logged by the broker, too. */
    private void requireAcceptor() {
        if (broker.getActiveMQServer().getRemotingService().getAcceptor(ACCEPTOR) == null) {
            throw new IllegalStateException("The broker does not start at " + getConnectionInfo()
                    + "; its reason is in the log, under org.apache.activemq.");
        }
    }

    @Override
    public String getConnectionInfo() {
        return "tcp://127.0.0.1:" + port;
    }

    @Override
    public @Nullable String getContainerId() {
        return null;
    }

    @Override
    public void close() throws IOException {
        try {
            broker.stop();
        } catch (Exception e) {
            throw new IOException("The broker in " + directory + " did not stop cleanly.", e);
        } finally {
            place.abandon(directory);
        }
    }

    private Configuration configuration() throws Exception {
        return new ConfigurationImpl()
                .setSecurityEnabled(false)
                .setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                .setJournalDirectory(at("journal"))
                .setBindingsDirectory(at("bindings"))
                .setLargeMessagesDirectory(at("large-messages"))
                .setPagingDirectory(at("paging"))
                // A laptop with a full disk must not look like a broker that hangs.
                .setMaxDiskUsage(-1)
                .addAddressSetting(
                        "#",
                        new AddressSettings()
                                // What it has had it remembers as long as the address is there.
                                .setAutoDeleteQueues(false)
                                .setAutoDeleteAddresses(false)
                                .setDeadLetterAddress(UNDELIVERABLE)
                                .setExpiryAddress(UNDELIVERABLE))
                .addAcceptorConfiguration(ACCEPTOR, getConnectionInfo());
    }

    private String at(String subdirectory) {
        return directory.resolve(subdirectory).toString();
    }
}
