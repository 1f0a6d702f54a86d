package io.github.cameldataverse.changes.contracts.implementations;

import io.github.cameldataverse.changes.contracts.KnownIdsContract;
import io.github.cameldataverse.changes.harness.server.PostgresServer;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class KnownIdsOnPostgresTest extends KnownIdsContract {

    private static final AtomicInteger PREFIXES = new AtomicInteger();
    private static EmbeddedPostgres postgres;
    private static JdbcConnectionPool pool;

    private final String prefix = "known" + PREFIXES.incrementAndGet() + "_";
    private JdbcDeltaTokenRepository repository;

    @BeforeAll
    static void open() throws IOException {
        postgres = PostgresServer.start();
        pool = PostgresServer.pool(postgres);
    }

    @AfterAll
    static void close() throws IOException {
        pool.dispose();
        postgres.close();
    }

    @BeforeEach
    @Override
    protected void restart() {
        repository = new JdbcDeltaTokenRepository(pool);
        repository.setTablePrefix(prefix);
        repository.start();
    }

    @AfterEach
    void stop() {
        repository.stop();
    }

    @Override
    protected DeltaTokenRepository repository() {
        return repository;
    }
}
