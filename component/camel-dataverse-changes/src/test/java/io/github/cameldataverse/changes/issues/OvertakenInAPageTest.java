package io.github.cameldataverse.changes.issues;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.api.ManualCommit;
import io.github.cameldataverse.changes.harness.GuardedSink;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.PolledReader;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.token.file.FileDeltaTokenRepository;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A reader is inside an exchange of its page while another one takes the round over. With tokens in keys of Camel's own
 * repositories it went on to the end of its page, and an old tombstone in there deleted a record that had come back.
 */
@OverBothApis
class OvertakenInAPageTest {

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");
    private final GuardedSink sink = new GuardedSink();
    private final AtomicInteger exchangesOfSlow = new AtomicInteger();

    @TempDir
    Path directory;

    private IdempotentRepository tokens = new MemoryDeltaTokenRepository();
    private Runnable meanwhile = () -> {};
    private int overtake;
    private boolean quickFails;

    /** Where both have the token. */
    enum Store {
        MEMORY,
        FILE,
        H2,
        KEYS_IN_MEMORY,
        KEYS_IN_FILE,
        KEYS_IN_H2
    }

    @AfterEach
    void stop() {
        tokens.stop();
    }

    private void open(Store store) {
        tokens = switch (store) {
            case MEMORY -> new MemoryDeltaTokenRepository();
            case FILE -> new FileDeltaTokenRepository(directory);
            case H2 -> new JdbcDeltaTokenRepository(database());
            case KEYS_IN_MEMORY -> MemoryIdempotentRepository.memoryIdempotentRepository(new ConcurrentHashMap<>());
            case KEYS_IN_FILE ->
                FileIdempotentRepository.fileIdempotentRepository(
                        directory.resolve("keys.txt").toFile());
            case KEYS_IN_H2 -> new JdbcMessageIdRepository(database(), "tokens");
        };
        tokens.start();
    }

    private static JdbcDataSource database() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return database;
    }

    @ParameterizedTest
    @EnumSource
    @ProvesFault({"P13", "X1", "X2"})
    void aReaderDeliversNothingMoreOfItsPage(Store store) throws Exception {
        open(store);
        overtakenAt(1, 5000, "");
    }

    /** The one that was overtaken is at its second page, which is its own knowledge where the tokens are keys. */
    @ParameterizedTest
    @EnumSource
    @ProvesFault({"P13", "X1", "X2"})
    void norOfALaterPage(Store store) throws Exception {
        open(store);
        overtakenAt(3, 2, "");
    }

    @ParameterizedTest
    @EnumSource
    @ProvesFault({"P13", "X1", "X2"})
    void norWhereTheRouteCommits(Store store) throws Exception {
        open(store);
        overtakenAt(1, 5000, "&manualCommit=true");
    }

    @ParameterizedTest
    @EnumSource
    @ProvesFault({"P13", "X1", "X2"})
    void norOfALaterPageWhereTheRouteCommits(Store store) throws Exception {
        open(store);
        overtakenAt(3, 2, "&manualCommit=true");
    }

    /** A commit of a page's last exchange looks what is stored: there another reader has begun, and is not yet at the end. */
    @ParameterizedTest
    @EnumSource
    @ProvesFault({"P13", "X1", "X2"})
    void norWhereTheRouteCommitsTheLastOfALaterPage(Store store) throws Exception {
        open(store);
        quickFails = true;
        overtakenAt(4, 2, "&manualCommit=true");
    }

    /** Served are four upserts and the delete of a record that comes back. */
    private void overtakenAt(int exchange, int pageSize, String options) throws Exception {
        String back = accounts.create(Map.of("name", "comes back"));
        List<String> stay = List.of(accounts.create(Map.of("name", "one")), accounts.create(Map.of("name", "two")));
        try (PolledReader quick = reader(options, this::takes);
                PolledReader slow = reader(options + "&maxPageSize=" + pageSize, this::takesSlowly)) {
            slow.pollToTheEnd();
            stay.forEach(id -> accounts.update(id, Map.of("name", "changed")));
            accounts.create(Map.of("name", "three"));
            accounts.create(Map.of("name", "four"));
            accounts.delete(back);
            exchangesOfSlow.set(0);
            overtake = exchange;
            meanwhile = () -> {
                accounts.restore(back);
                quick.poll();
            };
            slow.poll();
            quickFails = false;
            assertThat(exchangesOfSlow)
                    .as("exchanges of the reader that was overtaken")
                    .hasValue(exchange);
            slow.pollToTheEnd();
            quick.pollToTheEnd();
            assertThat(sink.versions())
                    .as("the sink after %s", sink.keys())
                    .isEqualTo(GuardedSink.versionsOf(accounts));
        }
    }

    private void takesSlowly(Exchange exchange) {
        sink.take(exchange);
        if (exchangesOfSlow.incrementAndGet() == overtake) {
            meanwhile.run();
        }
        commit(exchange);
    }

    private void takes(Exchange exchange) {
        sink.take(exchange);
        if (quickFails) {
            throw new IllegalStateException("the sink is down");
        }
        commit(exchange);
    }

    private static void commit(Exchange exchange) {
        ManualCommit handle = exchange.getProperty(DataverseChangesConstants.MANUAL_COMMIT, ManualCommit.class);
        if (handle != null) {
            handle.commit();
        }
    }

    private PolledReader reader(String options, Processor route) throws Exception {
        return new PolledReader(simulator, options + "&api=" + OverBothApis.API.word(), tokens, route);
    }
}
