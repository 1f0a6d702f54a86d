package io.github.cameldataverse.changes.lab;

import static io.github.cameldataverse.changes.harness.SampleCheckpoints.ACCOUNTS;

import io.github.cameldataverse.changes.harness.SampleCheckpoints;
import io.github.cameldataverse.changes.harness.server.PostgresServer;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.file.FileDeltaTokenRepository;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.Locale;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many changes and pages per second each repository takes down. Prints figures and asserts nothing. */
@Tag("lab")
class TokenSpeedLab {

    @TempDir
    Path directory;

    @Test
    void memory() {
        measure("memory", new MemoryDeltaTokenRepository(), 1_000_000, 200_000);
    }

    @Test
    void file() {
        measure("file", new FileDeltaTokenRepository(directory), 400_000, 1_000);
    }

    @Test
    void h2InMemory() {
        measure("JDBC, H2 in memory", new JdbcDeltaTokenRepository(h2("mem:speed")), 100_000, 10_000);
    }

    @Test
    void h2OnDisk() {
        measure(
                "JDBC, H2 on disk",
                new JdbcDeltaTokenRepository(h2("file:" + directory.resolve("h2"))),
                100_000,
                5_000);
    }

    @Test
    void postgres() throws Exception {
        try (EmbeddedPostgres postgres = PostgresServer.start()) {
            DataSource pool = PostgresServer.pool(postgres);
            measure("JDBC, PostgreSQL without fsync", new JdbcDeltaTokenRepository(pool), 40_000, 5_000);
        }
    }

    @Test
    void postgresWithFsync() throws Exception {
        try (EmbeddedPostgres postgres = PostgresServer.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start()) {
            DataSource pool = PostgresServer.pool(postgres);
            measure("JDBC, PostgreSQL with fsync", new JdbcDeltaTokenRepository(pool), 5_000, 1_000);
        }
    }

    private static DataSource h2(String place) {
        return JdbcConnectionPool.create("jdbc:h2:" + place, "sa", "");
    }

    private static void measure(String name, DeltaTokenRepository repository, int changes, int pages) {
        repository.start();
        repository.advance(ACCOUNTS, 0, SampleCheckpoints.revision(1));
        run(repository, 1, Math.max(1, pages / 10), changes / 10);
        repository.replace(ACCOUNTS, SampleCheckpoints.revision(1));
        System.out.printf(Locale.ROOT, "%-32s %s%n", name, run(repository, 1, pages, changes));
        repository.stop();
    }

    private static String run(DeltaTokenRepository repository, long revision, int pages, int changes) {
        long start = System.nanoTime();
        for (int i = 0; i < changes; i++) {
            String id = "11111111-2222-3333-4444-" + (100_000_000_000L + i % 5_000);
            repository.delivered(ACCOUNTS, 1, id, "W/\"1234567\"");
        }
        long middle = System.nanoTime();
        for (long next = revision + 1; next <= revision + pages; next++) {
            repository.advance(ACCOUNTS, next - 1, SampleCheckpoints.revision(next));
        }
        long end = System.nanoTime();
        return String.format(
                Locale.ROOT,
                "delivered %,10.0f/s (%6.1f us)   advance %,9.0f/s (%7.1f us)",
                changes * 1e9 / (middle - start),
                (middle - start) / 1e3 / changes,
                pages * 1e9 / (end - middle),
                (end - middle) / 1e3 / pages);
    }
}
