package io.github.cameldataverse.changes.benchmarks.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A database of one reader.
 *
 * @param source of connections, for tokens and rows alike
 * @param transactions in which those connections take part
 */
record Database(DataSource source, TransactionOperations transactions, AutoCloseable behind) implements AutoCloseable {

    /** A file in the directory. */
    static Database h2(Path directory) {
        JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:" + directory.resolve("database"), "sa", "");
        return new Database(pool, TransactionOperations.withoutTransaction(), pool::dispose);
    }

    /** A server of its own, with the settings that it has from the start: each commit waits for the disk. */
    static Database postgres() throws IOException {
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
        JdbcConnectionPool pool = JdbcConnectionPool.create(connections(server));
        return new Database(pool, TransactionOperations.withoutTransaction(), () -> {
            pool.dispose();
            server.close();
        });
    }

    private static PGConnectionPoolDataSource connections(EmbeddedPostgres server) {
        PGConnectionPoolDataSource connections = new PGConnectionPoolDataSource();
        connections.setUrl(server.getJdbcUrl("postgres", "postgres"));
        connections.setUser("postgres");
        return connections;
    }

    /** The same database, with transactions that hold tokens and rows together. */
    Database transacted() {
        return new Database(
                new TransactionAwareDataSourceProxy(source),
                new TransactionTemplate(new DataSourceTransactionManager(source)),
                behind);
    }

    @Override
    public void close() throws Exception {
        behind.close();
    }
}
