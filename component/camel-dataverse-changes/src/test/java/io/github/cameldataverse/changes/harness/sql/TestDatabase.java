package io.github.cameldataverse.changes.harness.sql;

import io.github.cameldataverse.changes.harness.server.PostgresServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.postgresql.ds.PGConnectionPoolDataSource;

/** A database with nothing in it, of each kind that names its transactions. */
public enum TestDatabase {
    H2 {
        @Override
        public Opened open() {
            return new Opened(
                    JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", ""));
        }
    },
    POSTGRESQL {
        @Override
        public Opened open() throws Exception {
            String name = "t" + UUID.randomUUID().toString().replace("-", "");
            EmbeddedPostgres server = Server.postgres();
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name);
            }
            PGConnectionPoolDataSource connections = new PGConnectionPoolDataSource();
            connections.setUrl(server.getJdbcUrl("postgres", name));
            return new Opened(JdbcConnectionPool.create(connections));
        }
    };

    /** Its connections are kept open between uses. */
    public abstract Opened open() throws Exception;

    /** A database in use. */
    public static final class Opened implements AutoCloseable {

        private final JdbcConnectionPool pool;

        private Opened(JdbcConnectionPool pool) {
            this.pool = pool;
        }

        public DataSource dataSource() {
            return pool;
        }

        /** What is in it is no longer of use to anyone. */
        @Override
        public void close() throws SQLException {
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                if (connection.getMetaData().getURL().startsWith("jdbc:h2:")) {
                    statement.execute("SHUTDOWN");
                }
            } finally {
                pool.dispose();
            }
        }
    }

    /** One for all the tests of a JVM, with whose end it goes: to start one takes seconds, a database in it none. */
    private static final class Server {

        private static EmbeddedPostgres started;

        private static synchronized EmbeddedPostgres postgres() throws IOException {
            if (started == null) {
                started = PostgresServer.start();
            }
            return started;
        }
    }
}
