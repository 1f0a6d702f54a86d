package io.github.cameldataverse.changes.contracts.implementations;

import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class JdbcOnH2Test extends JdbcDeltaTokenRepositoryContract {

    private static JdbcConnectionPool pool;

    @BeforeAll
    static void open() {
        pool = JdbcConnectionPool.create("jdbc:h2:mem:tokens;DB_CLOSE_DELAY=-1", "sa", "");
    }

    @AfterAll
    static void close() {
        pool.dispose();
    }

    @Override
    DataSource dataSource() {
        return pool;
    }
}
