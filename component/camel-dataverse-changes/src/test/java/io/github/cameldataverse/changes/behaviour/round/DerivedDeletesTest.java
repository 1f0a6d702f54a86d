package io.github.cameldataverse.changes.behaviour.round;

import static io.github.cameldataverse.changes.harness.SampleRows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.api.FullLoad;
import io.github.cameldataverse.changes.api.FullLoadGuard;
import io.github.cameldataverse.changes.change.Change;
import io.github.cameldataverse.changes.harness.CapturedLog;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.InterceptingProxy;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.RequestKind;
import io.github.cameldataverse.changes.internal.ReaderLog;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.faults.TokenExpired;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.KnownIds;
import io.github.cameldataverse.changes.token.file.FileDeltaTokenRepository;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that are deleted unnoticed: after a full load the sinks have what the source has, and no more. */
@OverBothApis
class DerivedDeletesTest {

    private final ChangeTrackingApi api = OverBothApis.API;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");
    private final MemoryDeltaTokenRepository memory = new MemoryDeltaTokenRepository();

    @TempDir
    Path directory;

    @Test
    @ProvesFault({"P5", "T3"})
    void afterAnExpiryEveryGhostIsDeletedOnceBetweenTheBracketsBehindAllRows() throws Exception {
        List<String> ids = loaded(memory, 7);
        accounts.delete(ids.get(1));
        accounts.delete(ids.get(4));
        accounts.delete(ids.get(6));
        String fresh = accounts.create(Map.of("name", "fresh"));
        simulator.clock().advance(Duration.ofDays(8));
        try (ConsumerRoute reader = reader(memory).start()) {
            await().until(() -> reader.types().contains("resyncCompleted"));
            assertThat(reader.types())
                    .containsExactly(
                            "resyncStarted",
                            "upsert",
                            "upsert",
                            "upsert",
                            "upsert",
                            "upsert",
                            "delete",
                            "delete",
                            "delete",
                            "resyncCompleted");
            List<ConsumerRoute.Received> deletes = reader.received().subList(6, 9);
            assertThat(deletes)
                    .extracting(ConsumerRoute.Received::id)
                    .containsExactlyInAnyOrder(ids.get(1), ids.get(4), ids.get(6));
            long round = (Long) reader.received().get(0).headers().get(DataverseChangesConstants.ROUND);
            assertThat(deletes).allSatisfy(delete -> {
                assertThat(delete.key()).isEqualTo(delete.id() + "!" + round);
                assertThat(delete.text()).isEqualTo("{\"id\":\"" + delete.id() + "\",\"reason\":\"missing\"}");
                assertThat(delete.headers())
                        .containsEntry(DataverseChangesConstants.REASON, "missing")
                        .containsEntry(DataverseChangesConstants.PHASE, "resync")
                        .doesNotContainKeys(DataverseChangesConstants.VERSION, DataverseChangesConstants.ETAG);
            });

            resync(reader);
            await().until(() -> count(reader, "resyncCompleted") == 2);
            assertThat(count(reader, "delete")).isEqualTo(3);
            assertThat(sinkOf(List.of(reader), ids)).isEqualTo(new TreeSet<>(accounts.ids()));
            assertThat(accounts.contains(fresh)).isTrue();
        }
    }

    @Test
    void withOneExchangePerPageTheDerivedDeletesAreAPageToo() throws Exception {
        List<String> ids;
        try (ConsumerRoute reader = reader(memory).with("exchangePer", "page")) {
            ids = accountsIn(accounts, 5);
            reader.start();
            await().until(() ->
                    reader.checkpoint() != null && reader.checkpoint().roundLink() != null);
        }
        accounts.delete(ids.get(0));
        accounts.delete(ids.get(3));
        simulator.clock().advance(Duration.ofDays(8));
        try (ConsumerRoute reader = reader(memory).with("exchangePer", "page").start()) {
            await().until(() -> reader.types().contains("resyncCompleted"));
            List<ConsumerRoute.Received> pages = reader.received();
            assertThat(pages).hasSize(4);
            List<Change> deletes = new ArrayList<>();
            ((List<?>) pages.get(2).properties().get(DataverseChangesConstants.CHANGES))
                    .forEach(change -> deletes.add((Change) change));
            assertThat(deletes).extracting(Change::id).containsExactlyInAnyOrder(ids.get(0), ids.get(3));
            assertThat(deletes)
                    .allSatisfy(delete -> assertThat(delete.row().text()).contains("\"missing\""));

            resync(reader);
            await().until(() -> count(reader, "resyncCompleted") == 2);
            assertThat(pages).hasSize(7);
        }
    }

    @Test
    void aRouteThatFailsAmongTheDerivedDeletesGoesOnWithTheSameOne() throws Exception {
        List<String> ids = loaded(memory, 6);
        ids.subList(0, 4).forEach(accounts::delete);
        simulator.clock().advance(Duration.ofDays(8));
        AtomicBoolean broken = new AtomicBoolean(true);
        AtomicInteger deletes = new AtomicInteger();
        try (ConsumerRoute reader = reader(memory)) {
            reader.doing(exchange -> {
                        boolean delete =
                                "delete".equals(exchange.getMessage().getHeader(DataverseChangesConstants.CHANGE_TYPE));
                        if (delete && deletes.incrementAndGet() >= 3 && broken.get()) {
                            throw new IOException("sink down");
                        }
                    })
                    .start();
            await().until(() -> reader.word() == Word.POISONED);
            assertThat(reader.message()).contains("!");
            broken.set(false);
            await().until(() -> reader.types().contains("resyncCompleted"));
            assertThat(count(reader, "delete")).isEqualTo(4);
            assertThat(reader.keys()).doesNotHaveDuplicates();
            assertThat(sinkOf(List.of(reader), ids)).isEqualTo(new TreeSet<>(accounts.ids()));
        }
    }

    @Test
    void aStopAmongTheDerivedDeletesIsResumed() throws Exception {
        List<String> ids = loaded(memory, 6);
        ids.subList(0, 5).forEach(accounts::delete);
        simulator.clock().advance(Duration.ofDays(8));
        List<String> first;
        try (ConsumerRoute reader = reader(memory)) {
            reader.doing(exchange -> {
                        if ("delete".equals(exchange.getMessage().getHeader(DataverseChangesConstants.CHANGE_TYPE))) {
                            reader.consumer().suspend();
                        }
                    })
                    .start();
            await().until(() -> count(reader, "delete") == 1);
            await().until(() -> reader.consumer().isSuspended());
            first = reader.keys();
            assertThat(first).noneMatch(key -> key.startsWith("resyncCompleted"));
        }
        try (ConsumerRoute reader = reader(memory).start()) {
            await().until(() -> reader.types().contains("resyncCompleted"));
            assertThat(reader.types()).containsExactly("delete", "delete", "delete", "delete", "resyncCompleted");
            assertThat(reader.keys()).doesNotContainAnyElementsOf(first);
        }
    }

    @Test
    @ProvesFault("R3")
    void aLostTokenIsNoFirstStartWhereRecordsAreKnown() throws Exception {
        List<String> ids;
        FileDeltaTokenRepository before = new FileDeltaTokenRepository(directory);
        ids = loaded(before, 5);
        accounts.delete(ids.get(2));
        deleteTokenFile();
        for (String startFrom : List.of("initial", "now")) {
            try (ConsumerRoute reader = reader(new FileDeltaTokenRepository(directory))
                    .with("startFrom", startFrom)
                    .start()) {
                await().until(() -> reader.types().contains("resyncCompleted"));
                long expected = startFrom.equals("initial") ? 1 : 0;
                assertThat(count(reader, "delete")).isEqualTo(expected);
                assertThat(count(reader, "upsert")).isEqualTo(4);
                assertThat((Long) reader.received().get(0).headers().get(DataverseChangesConstants.ROUND))
                        .as("a round that never was")
                        .isGreaterThan(1_000_000_000_000L);
            }
            deleteTokenFile();
        }
    }

    @Test
    @ProvesFault({"P6", "C10"})
    void aLoadThatStartsAgainDeletesWhatOnlyItsFirstAttemptBrought() throws Exception {
        List<String> ids = accountsIn(accounts, 6);
        simulator.faults().whereRequest(RequestKind::forANextPage).next(new TokenExpired());
        AtomicBoolean deleted = new AtomicBoolean();
        try (ConsumerRoute reader = reader(memory)) {
            reader.doing(exchange -> {
                        if (!deleted.getAndSet(true)) {
                            accounts.delete(ids.get(0));
                        }
                    })
                    .start();
            await().until(() -> reader.types().contains("resyncCompleted"));
            assertThat(sinkOf(List.of(reader), List.of())).isEqualTo(new TreeSet<>(accounts.ids()));
            assertThat(count(reader, "delete")).isEqualTo(1);
            assertThat(reader.types().get(3)).isEqualTo("resyncStarted");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @ProvesFault("C10")
    void aLoadThatIsBegunAnewBehindItsFirstRowLeavesNoGhostOfIt(boolean first) throws Exception {
        List<String> ids = first ? accountsIn(accounts, 4) : loaded(memory, 4);
        simulator.clock().advance(Duration.ofDays(8));
        List<ConsumerRoute.Received> all = new ArrayList<>();
        try (ConsumerRoute reader = reader(memory)) {
            reader.doing(exchange -> {
                        if (ids.get(0).equals(exchange.getMessage().getHeader(DataverseChangesConstants.ID))) {
                            reader.consumer().suspend();
                        }
                    })
                    .start();
            await().until(() -> reader.keys().stream().anyMatch(key -> key.startsWith(ids.get(0))));
            await().until(() -> reader.consumer().isSuspended());
            all.addAll(reader.received());
        }
        accounts.delete(ids.get(0));
        try (ConsumerRoute reader = reader(memory).start()) {
            await().until(() ->
                    reader.checkpoint() != null && reader.checkpoint().roundLink() != null);
            String last = accounts.create(Map.of("name", "last"));
            await().until(() -> reader.received().stream().anyMatch(each -> last.equals(each.id())));
            all.addAll(reader.received());
        }
        TreeSet<String> sink = new TreeSet<>();
        all.forEach(each -> {
            boolean unused =
                    "upsert".equals(each.type()) ? sink.add(each.id()) : sink.remove(String.valueOf(each.id()));
        });
        assertThat(sink).isEqualTo(new TreeSet<>(accounts.ids()));
        assertThat(all.stream().filter(each -> "delete".equals(each.type()))).hasSize(1);
    }

    @Test
    void whatComesAndGoesWhileAReloadRunsEndsAsAtTheSource() throws Exception {
        List<String> ids = loaded(memory, 9);
        accounts.delete(ids.get(8));
        simulator.clock().advance(Duration.ofDays(8));
        AtomicInteger seen = new AtomicInteger();
        List<String> born = new ArrayList<>();
        try (ConsumerRoute reader = reader(memory)) {
            reader.doing(exchange -> {
                        if (seen.incrementAndGet() == 3) {
                            accounts.delete(ids.get(0));
                            accounts.delete(ids.get(7));
                            born.add(accounts.create(Map.of("name", "born")));
                            accounts.restore(ids.get(8));
                        }
                    })
                    .start();
            await().until(() -> reader.types().contains("resyncCompleted"));
            String last = accounts.create(Map.of("name", "last"));
            await().until(() -> reader.received().stream().anyMatch(each -> last.equals(each.id())));
            await().untilAsserted(
                            () -> assertThat(sinkOf(List.of(reader), ids)).isEqualTo(new TreeSet<>(accounts.ids())));
            assertThat(accounts.ids()).contains(born.get(0), ids.get(8)).doesNotContain(ids.get(0), ids.get(7));

            resync(reader);
            await().until(() -> count(reader, "resyncCompleted") == 2);
            assertThat(sinkOf(List.of(reader), ids)).isEqualTo(new TreeSet<>(accounts.ids()));
        }
    }

    @Test
    void aDeleteThatWasDeliveredIsNotDerivedAgain() throws Exception {
        List<String> ids = accountsIn(accounts, 4);
        try (ConsumerRoute reader = reader(memory).start()) {
            await().until(() -> reader.received().size() == 4);
            accounts.delete(ids.get(0));
            await().until(() -> count(reader, "delete") == 1);
            accounts.restore(ids.get(0));
            await().until(() -> count(reader, "upsert") == 5);
            accounts.delete(ids.get(0));
            await().until(() -> count(reader, "delete") == 2);
            accounts.delete(ids.get(1));
            await().until(() -> count(reader, "delete") == 3);
            // Before it is noted it would come again.
            reader.awaitPoll();
            resync(reader);
            await().until(() -> count(reader, "resyncCompleted") == 1);
            assertThat(count(reader, "delete")).isEqualTo(3);
        }
    }

    @Test
    void aListThatBeginsLateSaysSoAndIsCompleteAfterAReload() throws Exception {
        List<String> ids = accountsIn(accounts, 3);
        try (ConsumerRoute reader = reader(memory).without("knownIds").start()) {
            await().until(() -> reader.received().size() == 3);
            await().until(() -> reader.polls() >= 2);
        }
        try (CapturedLog log = new CapturedLog(ReaderLog.NAME);
                ConsumerRoute reader = reader(memory).start()) {
            await().until(() -> reader.word() == Word.UP);
            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("WARN"))
                    .singleElement()
                    .asString()
                    .contains("known ids of account/default")
                    .contains("resync");
            resync(reader);
            await().until(() -> reader.types().contains("resyncCompleted"));
        }
        accounts.delete(ids.get(0));
        simulator.clock().advance(Duration.ofDays(8));
        try (ConsumerRoute reader = reader(memory).start()) {
            await().until(() -> reader.types().contains("resyncCompleted"));
            assertThat(count(reader, "delete")).isEqualTo(1);
        }
    }

    @Test
    void aReaderThatDoesNotAskForTheListKeepsItTrueAllTheSame() throws Exception {
        loaded(memory, 3);
        String unasked = accounts.create(Map.of("name", "unasked"));
        try (ConsumerRoute reader = reader(memory).without("knownIds").start()) {
            await().until(() -> reader.received().size() == 1);
            await().until(() -> reader.polls() >= 2);
        }
        accounts.delete(unasked);
        simulator.clock().advance(Duration.ofDays(8));
        try (ConsumerRoute reader = reader(memory).start()) {
            await().until(() -> reader.types().contains("resyncCompleted"));
            assertThat(count(reader, "delete")).isEqualTo(1);
        }
    }

    @Test
    void aRepositoryThatKeepsNoIdsFailsTheStartWithASentence() {
        DeltaTokenRepository without = InterceptingProxy.to(
                DeltaTokenRepository.class,
                memory,
                (method, made) -> method.getName().equals("knownIds") ? Optional.<KnownIds>empty() : made.call());
        try (ConsumerRoute reader = reader(without)) {
            assertThatThrownBy(reader::start)
                    .hasStackTraceContaining("cannot keep known ids; switch the option knownIds off");
        }
    }

    @Test
    void aLoadThatGoesBeyondItsLimitStopsBeforeThePageAndGoesOnFromThere() throws Exception {
        accountsIn(accounts, 7);
        try (ConsumerRoute reader = reader(memory).with("maxInitialRows", 6).start()) {
            reader.awaitFault("stands after 6 rows", "maxInitialRows=6");
            assertThat(reader.received()).hasSize(6);
        }
        try (ConsumerRoute reader = reader(memory).with("maxInitialRows", 7).start()) {
            await().until(() -> reader.received().size() == 1);
            accounts.create(Map.of("name", "a change is no row of a load"));
            await().until(() -> reader.received().size() == 2);
            assertThat(reader.word()).isEqualTo(Word.UP);
        }
    }

    @Test
    void theGuardRefusesAFirstLoadUntilItAllowsIt() throws Exception {
        accountsIn(accounts, 2);
        AtomicReference<String> objection = new AtomicReference<>("not at this hour");
        List<FullLoad> asked = new CopyOnWriteArrayList<>();
        FullLoadGuard guard = load -> {
            asked.add(load);
            return Optional.ofNullable(objection.get());
        };
        try (ConsumerRoute reader = reader(memory).with("fullLoadGuard", guard).start()) {
            reader.awaitFault("refuses a full load", "not at this hour");
            assertThat(reader.received()).isEmpty();
            assertThat(simulator.requests()).noneMatch(RequestKind::forRows);
            objection.set(null);
            await().until(() -> reader.received().size() == 2);
            assertThat(asked.get(0).moment()).isEqualTo(FullLoad.Moment.FIRST_LOAD);
            assertThat(asked.get(0).subscription()).startsWith("account/default");
        }
    }

    @Test
    @ProvesFault("P5")
    void anOperatorsResyncIsNotAskedAboutButItsDeletesAre() throws Exception {
        List<String> ids = loaded(memory, 4);
        ids.subList(0, 3).forEach(accounts::delete);
        simulator.clock().advance(Duration.ofDays(8));
        Set<FullLoad.Moment> refused = ConcurrentHashMap.newKeySet();
        refused.addAll(Set.of(FullLoad.Moment.EXPIRED_TOKEN, FullLoad.Moment.DERIVED_DELETES));
        List<FullLoad> asked = new CopyOnWriteArrayList<>();
        FullLoadGuard guard = load -> {
            asked.add(load);
            return Optional.of("no").filter(word -> refused.contains(load.moment()));
        };
        try (ConsumerRoute reader = reader(memory).with("fullLoadGuard", guard).start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.received()).isEmpty();
            assertThat(asked.get(0).knownIds()).isEqualTo(4);
            assertThat(asked.get(0).tokenObtained()).isNotNull();

            resync(reader);
            await().until(() -> reader.message().contains("refuses to delete 3 of 4 known records"));
            assertThat(reader.types()).containsExactly("resyncStarted", "upsert");
            assertThat(asked.get(asked.size() - 1))
                    .returns(FullLoad.Moment.DERIVED_DELETES, FullLoad::moment)
                    .returns(1L, FullLoad::rowsRead)
                    .returns(3L, FullLoad::missing);

            refused.clear();
            await().until(() -> reader.types().contains("resyncCompleted"));
            assertThat(count(reader, "delete")).isEqualTo(3);
            assertThat(count(reader, "upsert")).isEqualTo(1);
        }
    }

    @Test
    void aGuardThatFailsRefuses() throws Exception {
        FullLoadGuard guard = load -> {
            throw new IllegalStateException("no answer");
        };
        try (ConsumerRoute reader = reader(memory).with("fullLoadGuard", guard).start()) {
            reader.awaitFault("no answer");
        }
    }

    private ConsumerRoute reader(DeltaTokenRepository tokens) {
        return ConsumerRoute.of(simulator, api)
                .with("idempotentRepository", tokens)
                .with("knownIds", true)
                .with("onTokenExpired", "resync")
                .with("maxPageSize", 3);
    }

    /** Creates accounts and has them delivered and their round closed. */
    private List<String> loaded(DeltaTokenRepository tokens, int count) throws Exception {
        List<String> ids = accountsIn(accounts, count);
        try (ConsumerRoute reader = reader(tokens).start()) {
            await().until(() -> reader.received().size() == count);
            await().until(() -> reader.checkpoint().roundLink() != null);
        }
        return ids;
    }

    private static void resync(ConsumerRoute reader) {
        reader.context().createProducerTemplate().requestBody(reader.uri() + "&operation=resync", (Object) null);
    }

    private static long count(ConsumerRoute reader, String type) {
        return reader.types().stream().filter(type::equals).count();
    }

    /** What a sink holds that had these rows and got all this. */
    static TreeSet<String> sinkOf(List<ConsumerRoute> readers, List<String> before) {
        TreeSet<String> sink = new TreeSet<>(before);
        for (ConsumerRoute reader : readers) {
            reader.received().forEach(each -> {
                boolean unused =
                        "upsert".equals(each.type()) ? sink.add(each.id()) : sink.remove(String.valueOf(each.id()));
            });
        }
        return sink;
    }

    private void deleteTokenFile() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".token")).toList()) {
                Files.delete(file);
            }
        }
    }
}
