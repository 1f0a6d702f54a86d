package io.github.cameldataverse.changes.token;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.postgresql.ds.PGConnectionPoolDataSource;

class JdbcOnPostgresTest extends JdbcDeltaTokenRepositoryContract {

    private static EmbeddedPostgres postgres;
    private static JdbcConnectionPool pool;

    @BeforeAll
    static void open() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
        pool = pool(postgres);
    }

    static JdbcConnectionPool pool(EmbeddedPostgres postgres) {
        PGConnectionPoolDataSource connections = new PGConnectionPoolDataSource();
        connections.setUrl(postgres.getJdbcUrl("postgres", "postgres"));
        connections.setUser("postgres");
        return JdbcConnectionPool.create(connections);
    }

    @AfterAll
    static void close() throws IOException {
        pool.dispose();
        postgres.close();
    }

    @Override
    DataSource dataSource() {
        return pool;
    }
}
