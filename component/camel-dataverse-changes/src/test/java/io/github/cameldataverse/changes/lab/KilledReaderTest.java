package io.github.cameldataverse.changes.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.SampleAccounts;
import io.github.cameldataverse.changes.harness.server.PostgresServer;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The simulator here, the reader in a process of its own with 128 MB of heap, PostgreSQL beside them. Runs with few rows
 * in every build, and with {@code -Dlab.rows=120000} when the figures are wanted.
 */
class KilledReaderTest {

    private static final Logger LOG = LoggerFactory.getLogger(KilledReaderTest.class);
    private static final int ROWS = Integer.getInteger("lab.rows", 3_000);
    private static final int PARTS = ROWS < 100_000 ? 3 : 10;

    private final Random random = new Random(Long.getLong("lab.seed", 42L));

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");
    private final SampleAccounts seed = new SampleAccounts(random);
    private final List<String> ids = new ArrayList<>();

    @TempDir
    Path directory;

    private EmbeddedPostgres postgres;
    private Connection connection;
    private String database;
    private Process reader;

    @BeforeEach
    void open() throws Exception {
        postgres = PostgresServer.start();
        database = postgres.getJdbcUrl("postgres", "postgres");
        connection = postgres.getPostgresDatabase().getConnection();
        AccountsSqlTable.create(connection);
        for (int i = 0; i < ROWS; i++) {
            ids.add(accounts.create(seed.row(i)));
        }
    }

    @AfterEach
    void close() throws Exception {
        if (reader != null) {
            reader.destroyForcibly().waitFor();
        }
        connection.close();
        postgres.close();
    }

    @Test
    @ProvesFault({"D6", "P13"})
    void aReaderWithLittleHeapBringsTheWholeTableAndThreeRoundsOfChangesExactly() throws Exception {
        Instant began = Instant.now();
        startReader();
        awaitRows(ROWS);
        Duration load = Duration.between(began, Instant.now());
        for (int round = 0; round < 3; round++) {
            write(ROWS / 20);
            awaitEqual();
        }
        assertThat(duplicates()).isZero();
        assertThat(deletesOfRecordsNeverSeen()).isPositive();
        LOG.warn(
                "{} rows of 57 columns loaded in {} ms ({} rows/s, process start included), {} changes in all, 0 lost, 0 repeated",
                ROWS,
                load.toMillis(),
                ROWS * 1000L / load.toMillis(),
                count("SELECT count(*) FROM journal"));
    }

    @Test
    void aReaderKilledInEachPartOfTheLoadAndInARoundLosesNothingAndRepeatsAtMostOneChangePerKill() throws Exception {
        int kills = 0;
        startReader();
        for (int part = 0; part < PARTS; part++) {
            long at = (long) ROWS * part / PARTS + random.nextInt(Math.max(1, ROWS / PARTS - 50)) + 1;
            awaitRows(at);
            kill();
            kills++;
            startReader();
        }
        awaitRows(ROWS);
        write(ROWS / 10);
        long seen = count("SELECT count(*) FROM journal");
        await().atMost(Duration.ofMinutes(2)).until(() -> count("SELECT count(*) FROM journal") > seen + ROWS / 50);
        kill();
        kills++;
        startReader();
        awaitEqual();
        long duplicates = duplicates();
        LOG.warn(
                "{} rows, {} kills, {} changes in all, 0 lost, {} repeated",
                ROWS,
                kills,
                count("SELECT count(*) FROM journal"),
                duplicates);
        assertThat(duplicates).isLessThanOrEqualTo(kills);
        assertThat(mostRepeatedKey()).isLessThanOrEqualTo(2);
        assertThat(versionsThatFell()).isZero();
    }

    private void startReader() throws Exception {
        File log = directory.resolve("reader.log").toFile();
        reader = SqlReaderProcess.start(simulator.organizationUrl().toString(), database, log);
    }

    private void kill() throws InterruptedException {
        reader.destroyForcibly().waitFor();
    }

    /** Updates, deletes, creates, and creates that are deleted before the next poll. */
    private void write(int changes) {
        Collections.shuffle(ids, random);
        for (int i = 0; i < changes; i++) {
            String id = ids.get(i);
            accounts.update(id, seed.row(random.nextInt()));
            ids.add(accounts.create(seed.row(random.nextInt())));
            if (i % 4 == 0) {
                accounts.delete(ids.remove(ids.size() - 2));
            }
            accounts.delete(accounts.create(seed.row(random.nextInt())));
        }
    }

    private void awaitRows(long rows) {
        await().pollInterval(Duration.ofMillis(100))
                .atMost(Duration.ofMinutes(10))
                .failFast("The reader ended", () -> !reader.isAlive())
                .until(() -> count("SELECT count(*) FROM journal") >= rows);
    }

    private void awaitEqual() throws Exception {
        long lastVersion = lastVersion();
        try {
            await().pollInterval(Duration.ofMillis(200))
                    .atMost(Duration.ofMinutes(5))
                    .failFast("The reader ended", () -> !reader.isAlive())
                    .until(() -> count("SELECT count(*) FROM account") == accounts.size()
                            && count("SELECT max(versionnumber) FROM account") == lastVersion);
            TableDifferences.assertSame(accounts.rows(), AccountsSqlTable.rows(connection));
        } catch (Exception | AssertionError e) {
            LOG.error("The reader's log ends with: {}", tail());
            throw e;
        }
    }

    private long lastVersion() {
        return accounts.rows().values().stream()
                .mapToLong(row -> ((Number) row.get("versionnumber")).longValue())
                .max()
                .orElseThrow();
    }

    private String tail() throws Exception {
        List<String> lines = Files.readAllLines(directory.resolve("reader.log"));
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }

    private long duplicates() throws SQLException {
        return count("SELECT count(*) - count(DISTINCT change_key) FROM journal");
    }

    private long mostRepeatedKey() throws SQLException {
        return count("SELECT max(n) FROM (SELECT count(*) n FROM journal GROUP BY change_key) keys");
    }

    private long deletesOfRecordsNeverSeen() throws SQLException {
        return count("SELECT count(*) FROM (SELECT substr(change_key, 1, 36) FROM journal WHERE change_key LIKE '%!%'"
                + " EXCEPT SELECT substr(change_key, 1, 36) FROM journal WHERE change_key LIKE '%@%') never_seen");
    }

    private long versionsThatFell() throws SQLException {
        return count("SELECT count(*) FROM (SELECT CAST(substr(change_key, 38) AS bigint) v,"
                + " lag(CAST(substr(change_key, 38) AS bigint)) OVER (PARTITION BY substr(change_key, 1, 36) ORDER BY seq) p"
                + " FROM journal WHERE change_key LIKE '%@%') versions WHERE v < p");
    }

    private long count(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }
}
