package io.github.cameldataverse.changes.lab.crash;

import io.github.cameldataverse.changes.harness.server.PostgresServer;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.h2.tools.Server;

/** What outlives a reader: the organization, a database and a broker, all on TCP. */
final class ExternalServices implements AutoCloseable {

    private static final AtomicInteger NAMES = new AtomicInteger();

    private final DataverseSimulator simulator = DataverseSimulator.start();
    private final Server database;
    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    private final ClassDataArchive image;
    private Optional<EmbeddedPostgres> postgres = Optional.empty();

    ExternalServices(Path directory) throws Exception {
        database = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration.setPersistenceEnabled(false).setSecurityEnabled(false).setJMXManagementEnabled(false);
        configuration.addAcceptorConfiguration("tcp", "tcp://127.0.0.1:0");
        broker.setConfiguration(configuration);
        broker.start();
        String organization = simulator.organizationUrl().toString();
        image = ClassDataArchive.of(
                directory, new CrashReaderOptions(organization, "file:" + directory.resolve("effects"), "memory:", ""));
    }

    ClassDataArchive image() {
        return image;
    }

    DataverseSimulator simulator() {
        return simulator;
    }

    /** Address of a database that was not used before. */
    String newDatabase() throws SQLException {
        String url = "jdbc:h2:tcp://127.0.0.1:" + database.getPort() + "/mem:lab" + NAMES.incrementAndGet()
                + ";DB_CLOSE_DELAY=-1";
        SqlEffectSink.create(CrashReaderOptions.database(url));
        return url;
    }

    /** The same on PostgreSQL, which starts when it is first needed. */
    String newPostgresDatabase() throws Exception {
        if (postgres.isEmpty()) {
            postgres = Optional.of(PostgresServer.start());
        }
        String name = "lab" + NAMES.incrementAndGet();
        try (Connection connection = postgres.get().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        String url = postgres.get().getJdbcUrl("postgres", name);
        SqlEffectSink.create(CrashReaderOptions.database(url));
        return url;
    }

    /** Address of the broker and a queue that was not used before. */
    String newQueue() {
        return "tcp://127.0.0.1:" + port() + " effects" + NAMES.incrementAndGet();
    }

    private int port() {
        return broker.getActiveMQServer()
                .getRemotingService()
                .getAcceptor("tcp")
                .getActualPort();
    }

    @Override
    public void close() throws Exception {
        broker.stop();
        database.stop();
        if (postgres.isPresent()) {
            postgres.get().close();
        }
        simulator.close();
    }
}
