package io.github.cameldataverse.changes.token.jdbc;

import io.github.cameldataverse.changes.harness.server.PostgresServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class CallerTransactionOnPostgresTest extends CallerTransactionContract {

    private static EmbeddedPostgres postgres;
    private static JdbcConnectionPool pool;

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

    @Override
    DataSource pool() {
        return pool;
    }
}
