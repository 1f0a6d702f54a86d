package io.github.cameldataverse.changes.harness.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import org.h2.jdbcx.JdbcConnectionPool;
import org.postgresql.ds.PGConnectionPoolDataSource;

/** Starts PostgreSQL servers. */
public final class PostgresServer {

    /** On a machine that is busy with other tests a server takes longer than the ten seconds it is given otherwise. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private PostgresServer() {}

    /** A server with an empty database, which goes with its close. */
    public static EmbeddedPostgres start() throws IOException {
        return builder().start();
    }

    /** For a server with settings of its own. */
    public static EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder().setPort(FreePort.choose()).setPGStartupWait(PATIENCE);
    }

    /** Connections to its database, kept open between uses. */
    public static JdbcConnectionPool pool(EmbeddedPostgres postgres) {
        PGConnectionPoolDataSource connections = new PGConnectionPoolDataSource();
        connections.setUrl(postgres.getJdbcUrl("postgres", "postgres"));
        connections.setUser("postgres");
        return JdbcConnectionPool.create(connections);
    }
}
