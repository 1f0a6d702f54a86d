package io.github.cameldataverse.changes.contracts.implementations;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.api.Trigger;
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

    @Override
    InsertGate gateOf(String table) throws SQLException {
        ArrivedTrigger.arrived = new CountDownLatch(1);
        ArrivedTrigger.opened = new CountDownLatch(1);
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TRIGGER gate_of_" + table + " BEFORE INSERT ON " + table + " FOR EACH ROW CALL '"
                    + ArrivedTrigger.class.getName() + "'");
        }
        return new ArrivedTrigger();
    }

    /** Made by H2 by its name. */
    public static final class ArrivedTrigger implements Trigger, InsertGate {

        private static volatile CountDownLatch arrived;
        private static volatile CountDownLatch opened;

        @Override
        public void fire(Connection connection, Object[] before, Object[] after) {
            arrived.countDown();
            await(opened);
        }

        @Override
        public void awaitOne() {
            await(arrived);
        }

        @Override
        public void open() {
            opened.countDown();
        }

        private static void await(CountDownLatch latch) {
            try {
                assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
