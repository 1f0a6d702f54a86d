package io.github.cameldataverse.changes.contracts.implementations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.contracts.ContractCheckpoints;
import io.github.cameldataverse.changes.contracts.KnownIdsContract;
import io.github.cameldataverse.changes.harness.server.PostgresServer;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.KnownIds;
import io.github.cameldataverse.changes.token.TokenConflictException;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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

    @Test
    void aReaderThatSleptBeginsNoLoadAnew() {
        known().begin();
        repository.advance(ContractCheckpoints.ACCOUNTS, 0, ContractCheckpoints.revision(1));
        known().expectAnew(1, 1, List.of("a"));
        repository.advance(ContractCheckpoints.ACCOUNTS, 1, ContractCheckpoints.revision(2));
        assertThatThrownBy(() -> known().expectAnew(1, 1, List.of("b"))).isInstanceOf(TokenConflictException.class);
        assertThat(known().tally(1)).isEqualTo(new KnownIds.Tally(1, 0, 1));
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
