package io.github.cameldataverse.changes.contract.keyset;

import io.github.cameldataverse.changes.harness.ChildProcess;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class KeySetInH2Test extends KeySetInJdbcContract {

    private static final String DATABASE = "mem:keys;DB_CLOSE_DELAY=-1";

    private static JdbcConnectionPool pool;
    private static Server server;

    @BeforeAll
    static void startDatabase() throws SQLException {
        pool = JdbcConnectionPool.create("jdbc:h2:" + DATABASE, "sa", "");
        server = Server.createTcpServer("-tcpPort", "0").start();
    }

    @AfterAll
    static void stopDatabase() {
        server.stop();
        pool.dispose();
    }

    @Override
    DataSource dataSource() {
        return pool;
    }

    @Override
    int manyRounds() {
        return 200;
    }

    @Override
    int stride() {
        return 31;
    }

    @Override
    ChildProcess otherProcess() throws Exception {
        return ChildProcess.run(
                KeySetReaderProcess.class, "jdbc:h2:tcp://localhost:" + server.getPort() + "/" + DATABASE + ";USER=sa");
    }
}
