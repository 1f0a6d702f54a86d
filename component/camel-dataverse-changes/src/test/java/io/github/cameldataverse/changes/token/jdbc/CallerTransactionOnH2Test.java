package io.github.cameldataverse.changes.token.jdbc;

import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;

class CallerTransactionOnH2Test extends CallerTransactionContract {

    private final JdbcConnectionPool pool =
            JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");

    @Override
    DataSource pool() {
        return pool;
    }

    @AfterEach
    void close() {
        pool.dispose();
    }
}
