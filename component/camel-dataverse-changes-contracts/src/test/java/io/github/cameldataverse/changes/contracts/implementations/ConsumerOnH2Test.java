package io.github.cameldataverse.changes.contracts.implementations;

import io.github.cameldataverse.changes.contracts.ConsumerContract;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import java.util.UUID;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class ConsumerOnH2Test extends ConsumerContract {

    private final JdbcConnectionPool pool =
            JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    private DeltaTokenRepository repository;

    @BeforeEach
    @Override
    protected void restart() {
        repository = new JdbcDeltaTokenRepository(pool);
        repository.start();
    }

    @AfterEach
    void stop() {
        repository.stop();
        pool.dispose();
    }

    @Override
    protected DeltaTokenRepository repository() {
        return repository;
    }
}
