package io.github.cameldataverse.changes.lab.race;

import io.github.cameldataverse.changes.harness.server.PostgresServer;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.file.FileDeltaTokenRepository;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.tools.Server;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/** Where the tokens of a race are, and the database of its sink. */
final class RaceStore implements AutoCloseable {

    /** The kinds of repositories. */
    enum Kind {
        MEMORY,
        FILE,
        H2,
        POSTGRES
    }

    /**
     * What one reader has of it.
     *
     * @param tokens a repository of its own in the database, or the one that all share
     */
    record Part(DataSource database, DeltaTokenRepository tokens) {}

    private static final AtomicInteger NAMES = new AtomicInteger();

    private final Kind kind;
    private final Path directory;
    private final Optional<EmbeddedPostgres> postgres;
    private final Server h2;
    private String url = "";
    private Optional<JdbcConnectionPool> pool = Optional.empty();
    private Optional<DeltaTokenRepository> shared = Optional.empty();

    RaceStore(Kind kind, Path directory) throws Exception {
        this.kind = kind;
        this.directory = directory;
        this.postgres = kind == Kind.POSTGRES ? Optional.of(PostgresServer.start()) : Optional.empty();
        this.h2 = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
    }

    boolean isDatabase() {
        return kind == Kind.H2 || kind == Kind.POSTGRES;
    }

    /** Forgets everything: an empty database, and a new repository. */
    RaceSink begin() throws Exception {
        end();
        int number = NAMES.incrementAndGet();
        url = postgres.map(server -> server.getJdbcUrl("postgres", "postgres"))
                .orElseGet(() -> "jdbc:h2:tcp://localhost:" + h2.getPort() + "/mem:race" + number
                        + ";MODE=PostgreSQL;DB_CLOSE_DELAY=-1");
        JdbcConnectionPool opened = pool(url);
        pool = Optional.of(opened);
        shared = switch (kind) {
            case MEMORY -> Optional.of(new MemoryDeltaTokenRepository());
            case FILE -> Optional.of(new FileDeltaTokenRepository(directory.resolve("tokens" + number)));
            case H2, POSTGRES -> Optional.empty();
        };
        shared.ifPresent(DeltaTokenRepository::start);
        if (postgres.isPresent()) {
            empty(opened);
        }
        RaceSink sink = new RaceSink(opened);
        sink.create();
        return sink;
    }

    private static JdbcConnectionPool pool(String url) {
        if (url.startsWith("jdbc:h2:")) {
            return JdbcConnectionPool.create(url, "sa", "");
        }
        PGConnectionPoolDataSource connections = new PGConnectionPoolDataSource();
        connections.setUrl(url);
        return JdbcConnectionPool.create(connections);
    }

    private static void empty(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("drop schema public cascade");
            statement.execute("create schema public");
        }
    }

    /** For a reader in another process. */
    String url() {
        return url;
    }

    Part part() {
        return shared.isPresent() ? new Part(pool.orElseThrow(), shared.get()) : part(pool.orElseThrow());
    }

    static Part part(String url) {
        return part(pool(url));
    }

    private static Part part(JdbcConnectionPool pool) {
        JdbcDeltaTokenRepository tokens = new JdbcDeltaTokenRepository(new TransactionAwareDataSourceProxy(pool));
        tokens.start();
        return new Part(pool, tokens);
    }

    private void end() throws SQLException {
        shared.ifPresent(DeltaTokenRepository::stop);
        if (pool.isPresent() && postgres.isEmpty()) {
            // Otherwise the databases of all races stay in memory.
            try (Connection connection = pool.get().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("shutdown");
            }
        }
        pool.ifPresent(JdbcConnectionPool::dispose);
    }

    @Override
    public void close() throws Exception {
        end();
        h2.stop();
        if (postgres.isPresent()) {
            postgres.get().close();
        }
    }
}
