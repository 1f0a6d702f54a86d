package io.github.cameldataverse.changes.issues;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.harness.GuardedSink;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.PolledReader;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.RequestKind;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.faults.Callback;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.token.file.FileDeltaTokenRepository;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two readers hold one page at the same time, of which one was asked for before the other: a page that is delivered late
 * undid at the sink what the other reader had brought since, and no later round mended it.
 */
@OverBothApis
class TwoReadersInOnePageTest {

    private static final String API = "&api=" + OverBothApis.API.word();

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");
    private final GuardedSink sink = new GuardedSink();

    @TempDir
    Path directory;

    private IdempotentRepository tokens = new MemoryDeltaTokenRepository();

    /** Where both have the token. */
    enum Store {
        MEMORY,
        FILE,
        H2,
        /** One of Camel's own: each reader has the place inside the round for itself. */
        KEYS
    }

    @BeforeEach
    void beUnfriendly() {
        simulator.switches().tombstoneAfterReturn(true);
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
            case KEYS -> MemoryIdempotentRepository.memoryIdempotentRepository(new ConcurrentHashMap<>());
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
    void aTombstoneThatWasServedBeforeTheRecordCameBackDoesNotDeleteIt(Store store) throws Exception {
        open(store);
        String id = accounts.create(Map.of("name", "comes back"));
        try (PolledReader slow = reader(sink::take);
                PolledReader quick = reader(sink::take)) {
            quick.pollToTheEnd();
            accounts.delete(id);
            behindTheNext(RequestKind::forTheStartOfARound, () -> {
                accounts.restore(id);
                quick.poll();
            });
            slow.poll();
            assertEqualBehind(slow, quick);
        }
    }

    /** Neither has moved the checkpoint yet, so the revision tells neither of them of the other. */
    @ParameterizedTest
    @EnumSource
    @ProvesFault({"P13", "X1"})
    void aTombstoneThatWasServedBeforeTheRecordCameBackDoesNotDeleteItWhileTheOtherReaderIsInThePage(Store store)
            throws Exception {
        open(store);
        String id = accounts.create(Map.of("name", "comes back"));
        CountDownLatch brought = new CountDownLatch(1);
        CountDownLatch deleted = new CountDownLatch(1);
        CountDownLatch moved = new CountDownLatch(1);
        try (PolledReader slow = reader(exchange -> {
                    sink.take(exchange);
                    if (isDelete(exchange)) {
                        deleted.countDown();
                        await(moved);
                    }
                });
                PolledReader quick = reader(exchange -> {
                    sink.take(exchange);
                    if (accounts.contains(id) && brought.getCount() > 0) {
                        brought.countDown();
                        await(deleted);
                    }
                })) {
            slow.pollToTheEnd();
            accounts.delete(id);
            Thread other = new Thread(
                    () -> {
                        quick.poll();
                        moved.countDown();
                    },
                    "quick");
            behindTheNext(RequestKind::forTheStartOfARound, () -> {
                accounts.restore(id);
                other.start();
                await(brought);
            });
            slow.poll();
            deleted.countDown();
            other.join();
            assertEqualBehind(slow, quick);
        }
    }

    @ParameterizedTest
    @EnumSource
    @ProvesFault({"X1", "X2"})
    void aRowThatWasServedBeforeTheRecordWentIsNotBroughtBehindItsDelete(Store store) throws Exception {
        open(store);
        String id = accounts.create(Map.of("name", "goes"));
        accounts.create(Map.of("name", "stays"));
        try (PolledReader slow = reader(sink::take);
                PolledReader quick = reader(sink::take)) {
            quick.pollToTheEnd();
            accounts.update(id, Map.of("name", "changed"));
            behindTheNext(RequestKind::forTheStartOfARound, () -> {
                quick.poll();
                accounts.delete(id);
                quick.poll();
            });
            slow.poll();
            assertEqualBehind(slow, quick);
        }
    }

    /** A delete takes the version of its row along, so that nothing but the revision tells the upsert that it is late. */
    @ParameterizedTest
    @EnumSource
    @ProvesFault({"X1", "X5"})
    void anUpsertThatIsHeldUpBeforeItsEffectDoesNotBringARecordBackThatTheOtherReaderDeleted(Store store)
            throws Exception {
        open(store);
        String id = accounts.create(Map.of("name", "goes"));
        accounts.create(Map.of("name", "stays"));
        try (PolledReader quick = reader(sink::take);
                PolledReader slow = reader(exchange -> {
                    if (accounts.contains(id)
                            && id.equals(exchange.getMessage().getHeader(DataverseChangesConstants.ID))) {
                        accounts.delete(id);
                        quick.pollToTheEnd();
                    }
                    sink.take(exchange);
                })) {
            quick.pollToTheEnd();
            accounts.update(id, Map.of("name", "changed"));
            slow.poll();
            assertEqualBehind(slow, quick);
        }
    }

    @ParameterizedTest
    @EnumSource
    @ProvesFault({"X1", "C9"})
    void aRecordThatOneReaderOfferedOfAFirstLoadIsNotLeftBehindByTheOther(Store store) throws Exception {
        open(store);
        String id = accounts.create(Map.of("name", "goes"));
        String stays = accounts.create(Map.of("name", "stays"));
        try (PolledReader failing = reader(exchange -> {
                    sink.take(exchange);
                    if (sink.keys().size() == 2) {
                        throw new IllegalStateException("the route fails at the second change");
                    }
                });
                PolledReader slow = reader(sink::take)) {
            accounts.update(stays, Map.of("name", "behind the other one"));
            beforeTheNext(RequestKind::forRows, () -> {
                failing.poll();
                accounts.delete(id);
            });
            slow.poll();
            assertEqualBehind(slow);
        }
    }

    private void assertEqualBehind(PolledReader... readers) {
        for (PolledReader reader : readers) {
            reader.pollToTheEnd();
        }
        assertThat(sink.versions()).as("the sink after %s", sink.keys()).isEqualTo(GuardedSink.versionsOf(accounts));
    }

    private static boolean isDelete(Exchange exchange) {
        return "delete".equals(exchange.getMessage().getHeader(DataverseChangesConstants.CHANGE_TYPE));
    }

    private PolledReader reader(Processor route) throws Exception {
        return new PolledReader(simulator, API, tokens, route);
    }

    /** Something happens when the answer to a request is made and not yet sent. */
    private void behindTheNext(Predicate<ServiceRequest> kind, Runnable something) {
        simulator.faults().whereRequest(kind).next(Callback.after(something));
    }

    private void beforeTheNext(Predicate<ServiceRequest> kind, Runnable something) {
        simulator.faults().whereRequest(kind).next(new Callback(something));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
