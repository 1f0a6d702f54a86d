package io.github.cameldataverse.changes.token;

import io.github.cameldataverse.changes.lab.Postgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.springframework.jdbc.core.JdbcTemplate;

@Tag("lab")
class KeySetInPostgresTest extends KeySetInJdbcContract {

    private static EmbeddedPostgres postgres;
    private static JdbcConnectionPool pool;

    @BeforeAll
    static void startDatabase() throws IOException {
        postgres = Postgres.start();
        pool = JdbcOnPostgresTest.pool(postgres);
        createTable(pool);
    }

    /** Camel looks for its table and creates it in one transaction, which PostgreSQL ends with the failure to find it. */
    static void createTable(DataSource dataSource) {
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
        return ChildProcess.run(KilledKeySet.class, postgres.getJdbcUrl("postgres", "postgres"));
    }
}
