package io.github.cameldataverse.changes.issues;

import static io.github.cameldataverse.changes.harness.SampleRows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.harness.CapturedLog;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.InterceptingProxy;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.PolledReader;
import io.github.cameldataverse.changes.internal.ReaderLog;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.TokenStoreException;
import io.github.cameldataverse.changes.token.file.FileDeltaTokenRepository;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.spi.IdempotentRepository;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ways around the guard of full loads, waits without need, and notes that move with a page, over the stores. */
@OverBothApis
class ReloadsThatWaitTest {

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");
    private final MemoryDeltaTokenRepository memory = new MemoryDeltaTokenRepository();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private Exchanges work = exchange -> {};

    private interface Exchanges {
        void at(Exchange exchange);
    }

    @TempDir
    Path directory;

    /** A bulk update while the reload runs: not one record is gone, so nothing would be deleted. */
    @Test
    void aReloadDuringWhichManyRecordsAreEditedAndNoneIsDeletedDoesNotWait() throws Exception {
        List<String> ids = accountsIn(accounts, 300);
        memory.start();
        try (PolledReader reader = reader(memory, "&knownIds=true&maxPageSize=100")) {
            reloadWhileEdited(reader, ids.subList(150, 300));
            assertThat(keys)
                    .filteredOn(key -> key.contains("!") && !key.startsWith("resync"))
                    .isEmpty();
            assertThat(keys).anyMatch(key -> key.startsWith("resyncCompleted"));
        }
    }

    /** On a table that is always written to, no reload would ever end without an operator. */
    @Test
    void oneRecordThatIsEditedDuringAReloadThatMayDeleteNothingIsNoDelete() throws Exception {
        List<String> ids = accountsIn(accounts, 9);
        memory.start();
        try (PolledReader reader = reader(memory, "&knownIds=true&maxDerivedDeletes=0&maxPageSize=3")) {
            reloadWhileEdited(reader, ids.subList(7, 8));
            assertThat(keys).anyMatch(key -> key.startsWith("resyncCompleted"));
        }
    }

    /** Records are edited behind the first exchange of a reload, which goes on all the same. */
    private void reloadWhileEdited(PolledReader reader, List<String> edited) {
        reader.pollToTheEnd();
        reader.resync();
        keys.clear();
        AtomicBoolean once = new AtomicBoolean();
        work = exchange -> {
            if (!once.getAndSet(true)) {
                edited.forEach(id -> accounts.update(id, Map.of("name", "edited")));
            }
        };
        reader.poll();
        assertThat(reader.status().sentence()).isEmpty();
    }

    /** Its round is another one than the one that the sentence of the first one names. */
    @Test
    void aReloadThatIsAskedForInPlaceOfOneThatWaitsIsNotToldToWait() throws Exception {
        List<String> ids = accountsIn(accounts, 6);
        memory.start();
        try (PolledReader reader = reader(memory, "&knownIds=true&maxDerivedDeletes=0&maxPageSize=3")) {
            reader.pollToTheEnd();
            accounts.delete(ids.get(0));
            reader.resync();
            await().until(() -> reader.poll() < 0 && reader.status().word() == Word.FAULTED);
            accounts.restore(ids.get(0));
            reader.resync();
            List<Word> words = new CopyOnWriteArrayList<>();
            work = exchange -> words.add(reader.status().word());
            await().until(() -> reader.poll() > 0);
            assertThat(words).isNotEmpty().containsOnly(Word.UP);
        }
    }

    /** The operator was shown three deletes of six, and allowed these. */
    @Test
    void aLeaveForThreeDeletesIsNoneForALoadThatComesAgainWithNoRowAtAll() throws Exception {
        List<String> ids = accountsIn(accounts, 6);
        try (ConsumerRoute reader =
                known(new FileDeltaTokenRepository(directory)).start()) {
            await().until(() -> reader.received().size() == 6
                    && reader.checkpoint() != null
                    && reader.checkpoint().roundLink() != null);
        }
        ids.subList(0, 3).forEach(accounts::delete);
        simulator.clock().advance(java.time.Duration.ofDays(8));
        try (ConsumerRoute reader =
                known(new FileDeltaTokenRepository(directory)).start()) {
            reader.awaitFault("brought 3 rows, and 3 of 6 known records");
            reader.consumer().suspend();
            reader.context()
                    .createProducerTemplate()
                    .requestBodyAndHeader(
                            reader.uri() + "&operation=allowDeletes",
                            null,
                            DataverseChangesConstants.ROUND,
                            reader.checkpoint().round());
        }
        ids.subList(3, 6).forEach(accounts::delete);
        try (ConsumerRoute reader =
                known(new FileDeltaTokenRepository(directory)).start()) {
            await().until(() -> reader.word() == Word.FAULTED || reader.types().contains("resyncCompleted"));
            assertThat(reader.types()).doesNotContain("delete", "resyncCompleted");
            await().untilAsserted(() -> assertThat(reader.message()).contains("brought no row"));
            assertThat(reader.types()).doesNotContain("delete", "resyncCompleted");
        }
    }

    private ConsumerRoute known(IdempotentRepository tokens) {
        return ConsumerRoute.of(simulator, OverBothApis.API)
                .with("idempotentRepository", tokens)
                .with("knownIds", true)
                .with("maxDerivedDeletes", 2)
                .with("onTokenExpired", "resync");
    }

    /** No ids are kept: what was offered of the first page is all that is known. */
    @ParameterizedTest
    @CsvSource({"initial, 0", "initial, 1", "resync, 1"})
    void aFullLoadThatIsBegunAnewAndBringsLittleOfItsFirstPageDeletesNothingBeforeAnOperatorAllowsIt(
            String load, int left) throws Exception {
        List<String> ids = accountsIn(accounts, 150);
        memory.start();
        try (PolledReader reader = reader(memory, "&maxPageSize=200")) {
            if (load.equals("resync")) {
                reader.pollToTheEnd();
                reader.resync();
                keys.clear();
            }
            work = exchange -> {
                if (ids.get(149).equals(exchange.getMessage().getHeader(DataverseChangesConstants.ID))) {
                    throw new IllegalStateException("the route fails");
                }
            };
            reader.poll();
            assertThat(keys).hasSizeGreaterThanOrEqualTo(149);
            work = exchange -> {};
            ids.subList(left, 150).forEach(accounts::delete);
            keys.clear();
            reader.poll();
            assertThat(keys)
                    .filteredOn(key -> key.contains("!") && !key.startsWith("resync"))
                    .as("deletes")
                    .isEmpty();
        }
    }

    /** A reload would begin the load anew, and come to the same limit. */
    @Test
    void aLoadThatIsTooLargeIsNotAdvisedToBeginAnew() throws Exception {
        accountsIn(accounts, 9);
        memory.start();
        try (PolledReader reader = reader(memory, "&maxInitialRows=6&maxPageSize=3")) {
            reader.poll();
            assertThat(reader.status().sentence())
                    .contains("the load goes on from there")
                    .doesNotContain("To read the table again");
        }
    }

    /** The note of the reload's end is written, and its answer is lost; then the last page grows. */
    @ParameterizedTest
    @CsvSource({
        "file, ''",
        "file, &knownIds=true",
        "jdbc, ''",
        "jdbc, &knownIds=true",
        "memory, &knownIds=true",
        "memory, &knownIds=true&manualCommit=true",
        "jdbc, &knownIds=true&manualCommit=true"
    })
    void theEndOfAReloadMovesWithItsPageInEveryStore(String store, String options) throws Exception {
        DeltaTokenRepository tokens = store(store);
        tokens.start();
        List<String> ids = accountsIn(accounts, 3);
        AtomicBoolean loses = new AtomicBoolean();
        DeltaTokenRepository losing = InterceptingProxy.to(DeltaTokenRepository.class, tokens, (method, made) -> {
            Object result = made.call();
            if (method.getName().equals("delivered")
                    && keys.stream().anyMatch(key -> key.startsWith("resyncCompleted"))
                    && loses.getAndSet(false)) {
                throw new TokenStoreException("the answer is lost", new IllegalStateException());
            }
            return result;
        });
        try (PolledReader reader = reader(losing, "&maxPageSize=3" + options)) {
            reader.pollToTheEnd();
            reader.resync();
            keys.clear();
            loses.set(true);
            reader.poll();
            assertThat(keys).hasSize(5).last().asString().startsWith("resyncCompleted");
            String born = accountsIn(accounts, 1).get(0);
            accounts.delete(ids.get(0));
            reader.pollToTheEnd();
            assertThat(keys).filteredOn(key -> key.startsWith("resync")).hasSize(2);
            assertThat(keys).filteredOn(key -> key.startsWith(born)).hasSize(1);
            assertThat(keys).filteredOn(key -> key.startsWith(ids.get(0) + "!")).hasSize(1);
        }
        tokens.stop();
    }

    private DeltaTokenRepository store(String store) {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return switch (store) {
            case "file" -> new FileDeltaTokenRepository(directory);
            case "jdbc" -> new JdbcDeltaTokenRepository(database);
            default -> memory;
        };
    }

    /** A restart of the route is what an operator tries first, and then looks into the log. */
    @Test
    void whatTheRouteRefusesIsSaidAgainAfterTheRouteWasStartedAgain() throws Exception {
        accountsIn(accounts, 1);
        try (CapturedLog log = new CapturedLog(ReaderLog.NAME);
                ConsumerRoute reader = ConsumerRoute.of(simulator, OverBothApis.API)
                        .with("idempotentRepository", memory)
                        .doing(exchange -> {
                            throw new IllegalStateException("the route fails");
                        })
                        .start()) {
            await().until(() -> reader.word() == Word.POISONED);
            // The line comes behind the word.
            await().untilAsserted(() -> assertThat(refusals(log)).isEqualTo(1));
            reader.context().getRouteController().stopRoute(ConsumerRoute.ROUTE);
            reader.context().getRouteController().startRoute(ConsumerRoute.ROUTE);
            await().until(() -> reader.word() == Word.POISONED);
            await().until(() -> refusals(log) > 1);
        }
    }

    private static long refusals(CapturedLog log) {
        return log.lines().stream()
                .filter(line -> line.startsWith("WARN") && line.contains("the route fails"))
                .count();
    }

    private PolledReader reader(DeltaTokenRepository tokens, String options) throws Exception {
        return new PolledReader(simulator, options + "&api=" + OverBothApis.API.word(), tokens, this::take);
    }

    private void take(Exchange exchange) {
        work.at(exchange);
        io.github.cameldataverse.changes.api.ManualCommit commit = exchange.getProperty(
                DataverseChangesConstants.MANUAL_COMMIT, io.github.cameldataverse.changes.api.ManualCommit.class);
        if (commit != null) {
            commit.commit();
        }
        keys.add(exchange.getMessage().getHeader(DataverseChangesConstants.KEY, String.class));
    }
}
