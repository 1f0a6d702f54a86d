package io.github.cameldataverse.changes.contract.keyset;

import io.github.cameldataverse.changes.harness.ChildProcess;
import io.github.cameldataverse.changes.harness.server.PostgresServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.springframework.jdbc.core.JdbcTemplate;

@Tag("lab")
public class KeySetInPostgresTest extends KeySetInJdbcContract {

    private static EmbeddedPostgres postgres;
    private static JdbcConnectionPool pool;

    @BeforeAll
    static void startDatabase() throws IOException {
        postgres = PostgresServer.start();
        pool = PostgresServer.pool(postgres);
        createTable(pool);
    }

    /** Camel looks for its table and creates it in one transaction, which PostgreSQL ends with the failure to find it. */
    public static void createTable(DataSource dataSource) {
        new JdbcTemplate(dataSource)
                .execute("CREATE TABLE CAMEL_MESSAGEPROCESSED (processorName VARCHAR(255), messageId VARCHAR(100),"
                        + " createdAt TIMESTAMP, PRIMARY KEY (processorName, messageId))");
    }

    @AfterAll
    static void stopDatabase() throws IOException {
        pool.dispose();
        postgres.close();
    }

    @Override
    DataSource dataSource() {
        return pool;
    }

    @Override
    int manyRounds() {
        return 50;
    }

    @Override
    int stride() {
        return 97;
    }

    @Override
    ChildProcess otherProcess() throws IOException {
        return ChildProcess.run(KeySetReaderProcess.class, postgres.getJdbcUrl("postgres", "postgres"));
    }
}
