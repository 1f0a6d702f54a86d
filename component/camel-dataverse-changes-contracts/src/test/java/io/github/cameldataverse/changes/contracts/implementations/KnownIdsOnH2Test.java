package io.github.cameldataverse.changes.contracts.implementations;

import io.github.cameldataverse.changes.contracts.KnownIdsContract;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class KnownIdsOnH2Test extends KnownIdsContract {

    private final JdbcConnectionPool pool =
            JdbcConnectionPool.create("jdbc:h2:mem:knownids;DB_CLOSE_DELAY=-1", "sa", "");
    private JdbcDeltaTokenRepository repository = new JdbcDeltaTokenRepository(pool);

    @BeforeEach
    void start() {
        repository.start();
    }

    @AfterEach
    void stop() throws SQLException {
        repository.stop();
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        }
    }

    @Override
    protected DeltaTokenRepository repository() {
        return repository;
    }

    @Override
    protected void restart() {
        repository = new JdbcDeltaTokenRepository(pool);
        repository.start();
    }
}
