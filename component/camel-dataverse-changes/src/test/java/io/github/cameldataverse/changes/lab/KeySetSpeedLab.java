package io.github.cameldataverse.changes.lab;

import io.github.cameldataverse.changes.contract.keyset.KeySetContract;
import io.github.cameldataverse.changes.contract.keyset.KeySetInPostgresTest;
import io.github.cameldataverse.changes.harness.SampleCheckpoints;
import io.github.cameldataverse.changes.harness.server.PostgresServer;
import io.github.cameldataverse.changes.internal.keyset.KeySetTokenRepository;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.Phase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import javax.sql.DataSource;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an idle poll, the note of a change, and the first load after a start cost on stock repositories. Prints figures and
 * asserts nothing.
 */
@Tag("lab")
class KeySetSpeedLab {

    private static final String SELECT = "accountnumber,address1_city,createdon,emailaddress1,modifiedon,name,"
            + "numberofemployees,ownerid,revenue,telephone1";
    private static final int ROUNDS = 60;
    private static final int NOTES = 2_000;

    @TempDir
    Path directory;

    @Test
    void memory() {
        measure("memory", new MemoryIdempotentRepository(new HashMap<>()));
    }

    @Test
    void file() {
        measure(
                "file",
                FileIdempotentRepository.fileIdempotentRepository(
                        directory.resolve("keys").toFile()));
    }

    @Test
    void h2InMemory() {
        measure("JDBC, H2 in memory", new JdbcMessageIdRepository(pool("mem:keyspeed;DB_CLOSE_DELAY=-1"), "speed"));
    }

    @Test
    void h2OnDisk() {
        measure("JDBC, H2 on disk", new JdbcMessageIdRepository(pool("file:" + directory.resolve("h2")), "speed"));
    }

    @Test
    void postgres() throws Exception {
        try (EmbeddedPostgres postgres = PostgresServer.start()) {
            DataSource pool = PostgresServer.pool(postgres);
            KeySetInPostgresTest.createTable(pool);
            measure("JDBC, PostgreSQL without fsync", new JdbcMessageIdRepository(pool, "speed"));
        }
    }

    private static DataSource pool(String database) {
        return JdbcConnectionPool.create("jdbc:h2:" + database, "sa", "");
    }

    private static void measure(String name, IdempotentRepository keys) {
        keys.start();
        KeySetTokenRepository reader = KeySetContract.reader(keys);
        Checkpoint at = Checkpoint.first(Phase.INITIAL, Instant.now(), "api=webApi;select=" + SELECT + ";annotations=");
        reader.advance(SampleCheckpoints.ACCOUNTS, 0, at);
        for (int round = 0; round < ROUNDS; round++) {
            at = advanced(reader, at, round);
        }
        long began = System.nanoTime();
        for (int round = 0; round < ROUNDS; round++) {
            at = advanced(reader, at, round);
        }
        long advanced = System.nanoTime();
        note(reader, at.revision(), NOTES);
        long warm = System.nanoTime();
        note(reader, at.revision(), NOTES);
        long noted = System.nanoTime();
        KeySetContract.reader(keys).load(SampleCheckpoints.ACCOUNTS);
        System.out.printf(
                Locale.ROOT,
                "%s: %.1f ms a round, %.1f us a note, %.0f ms for the first load%n",
                name,
                (advanced - began) / 1e6 / ROUNDS,
                (noted - warm) / 1e3 / NOTES,
                (System.nanoTime() - noted) / 1e6);
    }

    private static void note(KeySetTokenRepository reader, long revision, int notes) {
        for (int note = 0; note < notes; note++) {
            reader.delivered(SampleCheckpoints.ACCOUNTS, revision, "id-" + note, "v1");
        }
    }

    private static Checkpoint advanced(KeySetTokenRepository reader, Checkpoint from, int round) {
        String link = SampleCheckpoints.LINK.replace("$select=name", "$select=" + SELECT) + (919_042 + 31 * round)
                + "%2108%2f22%2f2026%2008%3a10%3a" + (10 + round % 50);
        Checkpoint next = from.nextRound(link, Instant.now());
        reader.load(SampleCheckpoints.ACCOUNTS);
        reader.advance(SampleCheckpoints.ACCOUNTS, from.revision(), next);
        return next;
    }
}
