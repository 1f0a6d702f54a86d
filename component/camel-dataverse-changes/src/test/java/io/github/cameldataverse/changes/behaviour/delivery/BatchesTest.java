package io.github.cameldataverse.changes.behaviour.delivery;

import static io.github.cameldataverse.changes.harness.SampleRows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.change.Change;
import io.github.cameldataverse.changes.change.Delete;
import io.github.cameldataverse.changes.harness.CapturedLog;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.SharedTokens;
import io.github.cameldataverse.changes.internal.ReaderLog;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An exchange of several changes ({@code exchangePer=batch}): noted when it is accepted, so that it alone comes again. */
@OverBothApis
class BatchesTest {

    private final ChangeTrackingApi api = OverBothApis.API;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");

    @TempDir
    Path directory;

    private ConsumerRoute reader(int batchSize) {
        return ConsumerRoute.of(simulator, api).with("exchangePer", "batch").with("batchSize", batchSize);
    }

    private ConsumerRoute reader(int batchSize, DeltaTokenRepository tokens) {
        return reader(batchSize).with("idempotentRepository", tokens);
    }

    @ParameterizedTest
    @CsvSource({"string, java.lang.String", "map, java.util.Map", "node, com.fasterxml.jackson.databind.JsonNode"})
    void aPageComesInBatchesOfRowsInTheFormThatIsAskedFor(String form, Class<?> type) throws Exception {
        List<String> ids = accountsIn(accounts, 7);
        try (ConsumerRoute reader =
                reader(3).with("bodyType", form).with("maxPageSize", 5).start()) {
            await().until(() -> reader.received().size() == 3);

            assertThat(reader.received())
                    .allSatisfy(batch ->
                            assertThat((List<?>) batch.body()).isNotEmpty().allMatch(type::isInstance));
            assertThat(reader.received())
                    .extracting(batch -> changes(batch).size())
                    .containsExactly(3, 2, 2);
            assertThat(reader.received().stream()
                            .flatMap(batch -> changes(batch).stream().map(Change::id)))
                    .containsExactlyInAnyOrderElementsOf(ids);
        }
    }

    @Test
    void aBatchNamesItsFirstAndItsLastChange() throws Exception {
        accountsIn(accounts, 5);
        try (ConsumerRoute reader = reader(3).start()) {
            await().until(() -> reader.received().size() == 2);

            ConsumerRoute.Received first = reader.received().get(0);
            List<Change> changes = changes(first);
            assertThat(first.key()).matches("batch!\\d{13}![0-9a-f]{32}");
            assertThat(first.headers())
                    .containsEntry(DataverseChangesConstants.SIZE, 3)
                    .containsEntry(
                            DataverseChangesConstants.FIRST_KEY, changes.get(0).key())
                    .containsEntry(
                            DataverseChangesConstants.LAST_KEY, changes.get(2).key())
                    .containsEntry(
                            DataverseChangesConstants.FIRST_VERSION,
                            accounts.version(changes.get(0).id()))
                    .containsEntry(
                            DataverseChangesConstants.LAST_VERSION,
                            accounts.version(changes.get(2).id()));
            assertThat(reader.received())
                    .extracting(batch -> batch.properties().get(Exchange.BATCH_INDEX))
                    .containsExactly(0, 1);
            assertThat(reader.received())
                    .extracting(batch -> batch.properties().get(Exchange.BATCH_COMPLETE))
                    .containsExactly(false, true);
        }
    }

    @ParameterizedTest
    @EnumSource
    @ProvesFault({"R3", "C4"})
    void aBatchThatFailsComesAgainAndThoseBeforeItDoNot(SharedTokens kind) throws Exception {
        accountsIn(accounts, 7);
        AtomicBoolean failing = new AtomicBoolean(true);
        List<List<String>> tried = new CopyOnWriteArrayList<>();
        DeltaTokenRepository tokens = kind.open(directory);
        try (ConsumerRoute reader = reader(3, tokens)
                .doing(exchange -> {
                    tried.add(keys(exchange));
                    if (tried.size() == 2 && failing.getAndSet(false)) {
                        throw new IllegalStateException("refused");
                    }
                })
                .start()) {
            await().until(() ->
                    reader.checkpoint() != null && reader.checkpoint().roundLink() != null);
        }
        tokens.stop();
        assertThat(tried).hasSize(4);
        assertThat(tried.get(2)).isEqualTo(tried.get(1));
        assertThat(tried.get(0)).hasSize(3).doesNotContainAnyElementsOf(tried.get(1));
        assertThat(tried.get(3)).hasSize(1);
    }

    @Test
    void aBatchThatIsRefusedIsNamed() throws Exception {
        accountsIn(accounts, 5);
        try (ConsumerRoute reader = reader(2)
                .doing(exchange -> {
                    if (keys(exchange).size() == 1) {
                        throw new IllegalStateException("refused");
                    }
                })
                .start()) {
            await().until(() -> reader.word() == Word.POISONED);

            String last = accounts.ids().stream()
                    .filter(id -> told(reader).stream()
                            .noneMatch(change -> change.id().equals(id)))
                    .findFirst()
                    .orElseThrow();
            assertThat(reader.message()).contains("the batch of 1 changes from " + last + "@");
        }
    }

    @Test
    @ProvesFault("D1")
    void ofABatchThatIsPassedOverEachChangeIsNamed() throws Exception {
        accountsIn(accounts, 7);
        List<List<String>> tried = new CopyOnWriteArrayList<>();
        try (CapturedLog log = new CapturedLog(ReaderLog.NAME);
                ConsumerRoute reader = reader(3)
                        .with("breakOnFirstError", false)
                        .doing(exchange -> {
                            tried.add(keys(exchange));
                            if (tried.size() == 2) {
                                throw new IllegalStateException("refused");
                            }
                        })
                        .start()) {
            await().until(() ->
                    reader.checkpoint() != null && reader.checkpoint().roundLink() != null);

            assertThat(log.lines())
                    .filteredOn(line -> line.contains("passed over: "))
                    .singleElement()
                    .asString()
                    .contains(tried.get(1));
        }
    }

    /** Of a record that comes twice in a batch, what it came to is noted. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 100})
    void aRecordThatWasDeletedAndOthersThatWereChangedComeInTheOrderServed(int batchSize) throws Exception {
        try (ConsumerRoute reader =
                reader(batchSize, new MemoryDeltaTokenRepository()).start()) {
            List<String> ids = accountsIn(accounts, 4);
            await().until(() -> told(reader).size() == 4);
            reader.whileSuspended(() -> {
                accounts.delete(ids.get(1));
                accounts.update(ids.get(3), Map.of("name", "changed"));
                accounts.delete(ids.get(0));
            });
            await().until(() -> told(reader).size() == 7);

            List<Change> later = told(reader).subList(4, 7);
            assertThat(later.stream().filter(Delete.class::isInstance).map(Change::id))
                    .containsExactlyInAnyOrder(ids.get(0), ids.get(1));
            assertThat(later).extracting(Change::id).contains(ids.get(3));
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 3", "5, 1", "100, 1"})
    @ProvesFault({"P5", "T3"})
    void theDeletesOfAReloadComeInBatchesToo(int batchSize, int batches) throws Exception {
        MemoryDeltaTokenRepository memory = new MemoryDeltaTokenRepository();
        List<String> gone;
        try (ConsumerRoute reader = reloading(batchSize, memory)) {
            List<String> ids = accountsIn(accounts, 8);
            gone = ids.subList(0, 5);
            reader.start();
            await().until(() ->
                    reader.checkpoint() != null && reader.checkpoint().roundLink() != null);
        }
        gone.forEach(accounts::delete);
        simulator.clock().advance(Duration.ofDays(8));
        try (ConsumerRoute reader = reloading(batchSize, memory).start()) {
            await().until(() -> reader.types().contains("resyncCompleted"));

            List<ConsumerRoute.Received> deletes = reader.received().stream()
                    .filter(batch -> changesOrNone(batch).stream().anyMatch(Delete.class::isInstance))
                    .toList();
            assertThat(deletes).hasSize(batches);
            assertThat(deletes.stream().flatMap(batch -> changes(batch).stream().map(Change::id)))
                    .containsExactlyInAnyOrderElementsOf(gone);
        }
    }

    private ConsumerRoute reloading(int batchSize, DeltaTokenRepository tokens) {
        return reader(batchSize, tokens).with("onTokenExpired", "resync").with("knownIds", true);
    }

    private static List<Change> told(ConsumerRoute reader) {
        List<Change> told = new ArrayList<>();
        reader.received().forEach(batch -> told.addAll(changesOrNone(batch)));
        return told;
    }

    private static List<Change> changes(ConsumerRoute.Received batch) {
        List<Change> changes = changesOrNone(batch);
        assertThat(changes).isNotEmpty();
        return changes;
    }

    private static List<Change> changesOrNone(ConsumerRoute.Received batch) {
        return batch.properties().get(DataverseChangesConstants.CHANGES) instanceof List<?> list
                ? list.stream().map(Change.class::cast).toList()
                : List.of();
    }

    private static List<String> keys(Exchange exchange) {
        List<?> changes = exchange.getProperty(DataverseChangesConstants.CHANGES, List.class);
        return changes.stream().map(change -> ((Change) change).key()).toList();
    }
}
