package io.github.cameldataverse.changes.behaviour.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.ConsumerAccess;
import io.github.cameldataverse.changes.api.AlreadyCommittedException;
import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.api.ManualCommit;
import io.github.cameldataverse.changes.harness.CapturedLog;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.sql.TestDatabase;
import io.github.cameldataverse.changes.harness.sql.TransactedLog;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.faults.TokenExpired;
import io.github.cameldataverse.changes.token.Phase;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.impl.engine.PooledExchangeFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.TransactionStatus;

/** Rows and token in one transaction: whatever the transactions do, the log has every change once. */
@OverBothApis
class ManualCommitTest {

    private final ChangeTrackingApi api = OverBothApis.API;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");
    private TestDatabase.Opened database;
    private TransactedLog log;
    private JdbcDeltaTokenRepository tokens;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.H2.open();
        log = new TransactedLog(database.dataSource());
        log.create();
        tokens = log.tokens();
    }

    @AfterEach
    void close() throws Exception {
        database.close();
    }

    @Test
    void theTokenMovesWithTheRowsAndTheNextReaderFindsNothingToDo() throws Exception {
        List<String> keys = create(7);
        try (ConsumerRoute reader = reader().doing(this::inTransaction).start()) {
            awaitLines(keys);
            String late = keyOf(accounts.create(Map.of("name", "late")));
            awaitLines(plus(keys, late));
            await().until(() -> reader.word() == Word.UP);
        }
        try (ConsumerRoute second = reader().doing(this::inTransaction).start()) {
            await().until(() -> second.polls() >= 2);
            assertThat(second.received()).isEmpty();
        }
        assertThat(log.lines()).doesNotHaveDuplicates();
    }

    @Test
    @ProvesFault("R11")
    void aTransactionThatFailsAtAnyChangeTakesTheTokenBackWithTheRow() throws Exception {
        List<String> keys = create(7);
        Set<String> failed = ConcurrentHashMap.newKeySet();
        try (ConsumerRoute reader = reader().doing(exchange -> log.inTransaction(transaction -> {
                    log.writeAndCommit(exchange);
                    if (failed.add(key(exchange))) {
                        throw new IllegalStateException("after the commit was called");
                    }
                }))
                .start()) {
            awaitLines(keys);
            await().until(() -> reader.word() == Word.UP);
            await().until(() -> reader.polls() >= 9);
        }
        assertThat(failed).hasSize(7);
        assertThat(log.lines()).isEqualTo(keys);
    }

    @Test
    @ProvesFault("R11")
    void aRollbackOfWhichTheConsumerIsNotToldIsFoundByTheLastExchangeOfThePage() throws Exception {
        List<String> keys = create(5);
        try (CapturedLog warnings = new CapturedLog(ConsumerAccess.LOGGER);
                ConsumerRoute reader = reader().doing(rollingBackOnce(keys.get(1), keys.get(2)))
                        .start()) {
            await().until(() -> log.lines().size() == 5);
            await().until(() -> reader.word() == Word.UP);
            assertThat(warnings.lines())
                    .anyMatch(line -> line.startsWith("WARN")
                            && line.contains("The route committed 2 records of this page of which nothing is stored")
                            && line.contains("Let whatever rolls a transaction back fail the exchange too"));
            await().until(() -> reader.polls() >= 4);
        }
        assertThat(log.lines()).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    @ProvesFault("R11")
    void aRollbackOfTheLastExchangeOfAPageLeavesTheTokenAndThePageComesAgain() throws Exception {
        List<String> keys = create(6);
        try (CapturedLog warnings = new CapturedLog(ConsumerAccess.LOGGER);
                ConsumerRoute reader = reader().with("maxPageSize", 3)
                        .doing(rollingBackOnce(keys.get(2), keys.get(5)))
                        .start()) {
            awaitLines(keys);
            await().until(() -> reader.word() == Word.UP);
            List<String> told = warnings.lines().stream()
                    .filter(line -> line.contains("the checkpoint has not moved: the transaction was rolled back"))
                    .toList();
            assertThat(told).filteredOn(line -> line.startsWith("DEBUG")).hasSize(2);
            assertThat(told)
                    .as("the same fault, without a good poll between")
                    .filteredOn(line -> line.startsWith("WARN"))
                    .hasSize(1);
        }
        assertThat(log.lines()).isEqualTo(keys);
    }

    @Test
    void anExchangeThatTheRouteAcceptsWithoutACommitStopsThePageAndComesAgain() throws Exception {
        List<String> keys = create(3);
        AtomicBoolean forgetful = new AtomicBoolean(true);
        try (ConsumerRoute reader = reader().doing(exchange -> {
                    if (!forgetful.get() || !key(exchange).equals(keys.get(1))) {
                        inTransaction(exchange);
                    }
                })
                .start()) {
            await().until(() -> reader.word() == Word.POISONED);
            assertThat(reader.message())
                    .isEqualTo(
                            "POISONED: The route accepted the change " + keys.get(1) + " and did not commit it, so it"
                                    + " comes again. With manualCommit=true the route calls commit() of the exchange property"
                                    + " CamelDataverseChangesManualCommit for every exchange, before it answers and in the"
                                    + " transaction of what it writes");
            await().until(() -> reader.received().size() > 3);
            assertThat(reader.keys()).doesNotContain(keys.get(2));
            forgetful.set(false);
            awaitLines(keys);
            await().until(() -> reader.word() == Word.UP);
        }
    }

    @Test
    void aCommitMayBeCalledTwiceAndAgainAfterARollbackInTheSameExchange() throws Exception {
        List<String> keys = create(3);
        try (ConsumerRoute reader = reader().doing(exchange -> {
                    log.inTransaction(transaction -> {
                        log.writeAndCommit(exchange);
                        transaction.setRollbackOnly();
                    });
                    log.inTransaction(transaction -> {
                        log.writeAndCommit(exchange);
                        TransactedLog.commitOf(exchange).commit();
                    });
                })
                .start()) {
            awaitLines(keys);
            await().until(() -> reader.word() == Word.UP && reader.polls() >= 3);
        }
        assertThat(log.lines()).isEqualTo(keys);
    }

    @Test
    void aCommitThatComesBeforeTheFirstWriteMayBeCalledTwiceToo() throws Exception {
        List<String> keys = create(3);
        try (ConsumerRoute reader = reader().doing(exchange -> log.inTransaction(transaction -> {
                    TransactedLog.commitOf(exchange).commit();
                    log.writeAndCommit(exchange);
                }))
                .start()) {
            awaitLines(keys);
            await().until(() -> reader.word() == Word.UP && reader.polls() >= 3);
        }
        assertThat(log.lines()).isEqualTo(keys);
    }

    @Test
    @ProvesFault("R11")
    void anotherTransactionOfTheSameExchangeIsRolledBackWithASentence() throws Exception {
        List<String> keys = create(3);
        List<Throwable> refusals = new CopyOnWriteArrayList<>();
        try (ConsumerRoute reader = reader().doing(exchange -> {
                    inTransaction(exchange);
                    refusals.add(catchThrowable(() -> inTransaction(exchange)));
                })
                .start()) {
            awaitLines(keys);
            await().until(() -> reader.word() == Word.UP && reader.polls() >= 3);
        }
        assertThat(log.lines()).isEqualTo(keys);
        assertThat(refusals).hasSize(3).allSatisfy(refusal -> assertThat(refusal)
                .isInstanceOf(AlreadyCommittedException.class)
                .hasMessageMatching("Another transaction has committed the change .*@.* already, so this one is to"
                        + " be rolled back\\. Let this exception leave the transaction, and neither redeliver the"
                        + " exchange nor send it to the dead letters: it counts as delivered"));
    }

    @Test
    void aCommitMayComeFromAnotherThreadOfTheExchange() throws Exception {
        List<String> keys = create(4);
        try (ConsumerRoute reader = reader().doing(exchange -> {
                    Thread other = new Thread(() -> inTransaction(exchange));
                    other.start();
                    other.join();
                })
                .start()) {
            awaitLines(keys);
            await().until(() -> reader.word() == Word.UP && reader.polls() >= 2);
        }
        assertThat(log.lines()).isEqualTo(keys);
    }

    @Test
    @ProvesFault("X2")
    void aCommitAfterTheExchangeIsRefusedWithASentence() throws Exception {
        List<String> keys = create(2);
        List<ManualCommit> kept = new ArrayList<>();
        try (ConsumerRoute reader = reader().doing(exchange -> {
                    kept.add(TransactedLog.commitOf(exchange));
                    inTransaction(exchange);
                })
                .start()) {
            await().until(() -> reader.word() == Word.UP && reader.polls() >= 2);
            assertThat(kept).hasSize(2).allSatisfy(commit -> assertThatThrownBy(commit::commit)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageMatching(
                            "The exchange of the change .* is over, so it can no longer be committed\\. .*"));
        }
        assertThat(log.lines()).isEqualTo(keys);
    }

    @Test
    @ProvesFault({"X1", "X2"})
    void ofTwoReadersOfOnePageOneIsRolledBackAtEveryChange() throws Exception {
        List<String> keys = create(4);
        AtomicInteger met = new AtomicInteger();
        try (CapturedLog warnings = new CapturedLog(ConsumerAccess.LOGGER);
                ConsumerRoute sleeper = reader().doing(exchange -> log.inTransaction(transaction -> {
                            if (met.getAndIncrement() < 4) {
                                deliverOneElsewhere();
                            }
                            log.writeAndCommit(exchange);
                        }))
                        .start()) {
            awaitLines(keys);
            await().until(() -> sleeper.polls() >= 6);
            assertThat(warnings.lines())
                    .anyMatch(line -> line.contains("another reader moved the token on")
                            && line.contains("another reader moved it. It is left as it is"));
        }
        assertThat(log.lines()).isEqualTo(keys);
    }

    /** A second reader, on the same tokens, delivers one change of the page and no more. */
    private void deliverOneElsewhere() throws Exception {
        int before = log.lines().size();
        AtomicBoolean first = new AtomicBoolean(true);
        Thread elsewhere = new Thread(() -> {
            try (ConsumerRoute other = reader().doing(exchange -> {
                        if (!first.getAndSet(false)) {
                            throw new IllegalStateException("one is enough");
                        }
                        inTransaction(exchange);
                    })
                    .with("idempotentRepository", log.tokens())
                    .start()) {
                await().until(() -> log.lines().size() > before);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        elsewhere.start();
        elsewhere.join();
    }

    @Test
    void aFailedChangeThatIsPassedOverIsNotedByTheConsumerAlsoIfItIsTheLastOne() throws Exception {
        List<String> keys = create(6);
        Set<String> bad = Set.of(keys.get(1), keys.get(2), keys.get(5));
        try (ConsumerRoute reader = reader().with("breakOnFirstError", false)
                .with("maxPageSize", 3)
                .doing(exchange -> log.inTransaction(transaction -> {
                    log.writeAndCommit(exchange);
                    if (bad.contains(key(exchange))) {
                        throw new IllegalStateException("bad");
                    }
                }))
                .start()) {
            await().until(() -> reader.word() == Word.UP && reader.polls() >= 3);
            assertThat(reader.checkpoint().phase()).isEqualTo(Phase.DELTA);
        }
        assertThat(log.lines()).containsExactly(keys.get(0), keys.get(3), keys.get(4));
    }

    @Test
    void aPageCanBeOneTransaction() throws Exception {
        create(7);
        AtomicBoolean failed = new AtomicBoolean();
        try (ConsumerRoute reader = reader().with("exchangePer", "page")
                .with("maxPageSize", 3)
                .doing(exchange -> log.inTransaction(transaction -> {
                    log.write(exchange.getMessage().getBody(List.class).size() + " rows");
                    TransactedLog.commitOf(exchange).commit();
                    if (log.lines().size() == 1 && failed.compareAndSet(false, true)) {
                        transaction.setRollbackOnly();
                    }
                }))
                .start()) {
            await().until(() -> log.lines().size() == 3);
            await().until(() -> reader.word() == Word.UP && reader.polls() >= 3);
        }
        assertThat(failed).isTrue();
        assertThat(log.lines()).containsExactly("3 rows", "3 rows", "1 rows");
    }

    @Test
    void eachBatchOfAPageIsATransactionAndOneThatIsRolledBackComesAgain() throws Exception {
        create(7);
        AtomicBoolean failed = new AtomicBoolean();
        try (ConsumerRoute reader = reader().with("exchangePer", "batch")
                .with("batchSize", 3)
                .doing(exchange -> log.inTransaction(transaction -> {
                    log.write(exchange.getMessage().getBody(List.class).size() + " rows from "
                            + exchange.getMessage().getHeader(DataverseChangesConstants.FIRST_KEY));
                    TransactedLog.commitOf(exchange).commit();
                    if (log.lines().size() == 1 && failed.compareAndSet(false, true)) {
                        transaction.setRollbackOnly();
                    }
                }))
                .start()) {
            await().until(() -> log.lines().size() == 3);
            await().until(() -> reader.word() == Word.UP && reader.polls() >= 3);
        }
        assertThat(failed).isTrue();
        assertThat(log.lines().stream().map(line -> line.split(" ")[0])).containsExactly("3", "3", "1");
        assertThat(log.lines()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"change", "page"})
    void theBracketsOfAReloadAreCommittedToo(String exchangePer) throws Exception {
        create(2);
        try (ConsumerRoute reader = reader().with("exchangePer", exchangePer)
                .with("onTokenExpired", "resync")
                .doing(failingOnce(Set.of("resyncStarted", "resyncCompleted")))
                .start()) {
            await().until(() ->
                    reader.checkpoint() != null && reader.checkpoint().phase() == Phase.DELTA);
            simulator.faults().next(new TokenExpired());
            await().until(() -> reader.types().contains("resyncCompleted"));
            long round = reader.checkpoint().round();
            await().until(() -> reader.checkpoint().round() > round);
        }
        assertThat(log.lines().stream().map(line -> line.split(" ")[0]).toList())
                .isEqualTo(
                        exchangePer.equals("page")
                                ? List.of("page", "resyncStarted", "page", "resyncCompleted")
                                : List.of("upsert", "upsert", "resyncStarted", "upsert", "upsert", "resyncCompleted"));
    }

    @Test
    void pooledExchangesCarryAHandleOfTheirOwn() throws Exception {
        List<String> keys = create(5);
        ConsumerRoute pooled = reader().doing(this::inTransaction);
        pooled.context().getCamelContextExtension().setExchangeFactory(new PooledExchangeFactory());
        try (ConsumerRoute reader = pooled.start()) {
            awaitLines(keys);
            await().until(() -> reader.word() == Word.UP && reader.polls() >= 2);
        }
        assertThat(log.lines()).isEqualTo(keys);
    }

    @Test
    void withoutTransactionsACommitCountsWhenItsExchangeHasComeBack() throws Exception {
        List<String> keys = create(3);
        try (ConsumerRoute reader = reader().without("idempotentRepository")
                .doing(exchange -> {
                    log.writeAndCommit(exchange);
                    if (log.lines().size() == 2) {
                        throw new IllegalStateException("behind the commit");
                    }
                })
                .start()) {
            awaitLines(List.of(keys.get(0), keys.get(1), keys.get(1), keys.get(2)));
            await().until(() -> reader.word() == Word.UP);
        }
        assertThat(log.lines()).hasSize(4);
    }

    private ConsumerRoute reader() {
        return ConsumerRoute.of(simulator, api).with("manualCommit", true).with("idempotentRepository", tokens);
    }

    private void inTransaction(Exchange exchange) {
        log.inTransaction(transaction -> log.writeAndCommit(exchange));
    }

    private Processor rollingBackOnce(String... keys) {
        Set<String> left = ConcurrentHashMap.newKeySet();
        left.addAll(List.of(keys));
        return exchange -> log.inTransaction((TransactionStatus transaction) -> {
            log.writeAndCommit(exchange);
            if (left.remove(key(exchange))) {
                transaction.setRollbackOnly();
            }
        });
    }

    private Processor failingOnce(Set<String> types) {
        Set<String> left = ConcurrentHashMap.newKeySet();
        left.addAll(types);
        return exchange -> log.inTransaction(transaction -> {
            String type = exchange.getMessage().getHeader(DataverseChangesConstants.CHANGE_TYPE, String.class);
            log.write(type == null ? "page" : type + " " + key(exchange));
            TransactedLog.commitOf(exchange).commit();
            if (type != null && left.remove(type)) {
                throw new IllegalStateException("once");
            }
        });
    }

    private void awaitLines(List<String> expected) {
        await().untilAsserted(() -> assertThat(log.lines()).isEqualTo(expected));
    }

    private static String key(Exchange exchange) {
        return exchange.getMessage().getHeader(DataverseChangesConstants.KEY, String.class);
    }

    private List<String> create(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> keyOf(accounts.create(Map.of("name", "Account " + i))))
                .toList();
    }

    private String keyOf(String id) {
        return id + "@" + accounts.version(id);
    }

    private static List<String> plus(List<String> keys, String more) {
        List<String> all = new ArrayList<>(keys);
        all.add(more);
        return all;
    }
}
