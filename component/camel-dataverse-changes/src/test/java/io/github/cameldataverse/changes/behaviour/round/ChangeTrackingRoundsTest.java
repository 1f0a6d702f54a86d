package io.github.cameldataverse.changes.behaviour.round;

import static io.github.cameldataverse.changes.harness.SampleRows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.change.Change;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.ProvesSentence;
import io.github.cameldataverse.changes.harness.RequestKind;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.ReceivedRequest;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@OverBothApis
class ChangeTrackingRoundsTest {

    private final ChangeTrackingApi api = OverBothApis.API;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");

    private ConsumerRoute reader() {
        return ConsumerRoute.of(simulator, api);
    }

    @Test
    @ProvesSentence({"current-32", "current-41", "2021-21"})
    void aFirstPollDeliversEveryRowOfEveryPageInTheOrderServed() throws Exception {
        List<String> ids = accountsIn(accounts, 23);
        try (ConsumerRoute reader =
                reader().with("maxPageSize", 5).with("select", "name").start()) {
            await().until(() -> reader.received().size() == 23);
            assertThat(reader.received()).extracting(ConsumerRoute.Received::id).containsExactlyElementsOf(ids);
            assertThat(reader.types()).containsOnly("upsert");
        }
    }

    @Test
    @ProvesSentence({"current-1", "current-14", "current-21", "current-22", "current-48", "2021-4", "2021-9"})
    void changesAfterTheLoadComeAsUpsertsAndDeletes() throws Exception {
        List<String> ids = accountsIn(accounts, 3);
        try (ConsumerRoute reader = reader().start()) {
            await().until(() -> reader.received().size() == 3);
            accounts.update(ids.get(1), Map.of("name", "Contoso"));
            accounts.delete(ids.get(2));
            await().until(() -> reader.received().size() == 5);

            ConsumerRoute.Received update = reader.received().get(3);
            assertThat(update.type()).isEqualTo("upsert");
            assertThat(update.text()).contains("\"name\":\"Contoso\"");
            assertThat(update.headers()).containsEntry(DataverseChangesConstants.VERSION, accounts.version(ids.get(1)));
            assertThat(update.key()).isEqualTo(ids.get(1) + "@" + accounts.version(ids.get(1)));
            ConsumerRoute.Received delete = reader.received().get(4);
            assertThat(delete.type()).isEqualTo("delete");
            assertThat(delete.id()).isEqualTo(ids.get(2));
            assertThat(delete.key()).startsWith(ids.get(2) + "!");
            assertThat(delete.headers())
                    .containsEntry(DataverseChangesConstants.REASON, "deleted")
                    .doesNotContainKey(DataverseChangesConstants.VERSION);

            String born = accounts.create(Map.of("name", "Born"));
            await().until(() -> reader.received().size() == 6);
            assertThat(reader.received().get(5).id()).isEqualTo(born);
            assertThat(reader.received().get(5).text()).contains("\"name\":\"Born\"");
        }
    }

    @Test
    @ProvesSentence({"current-37", "2021-19"})
    void aDeleteOfARecordThatWasNeverSeenIsDelivered() throws Exception {
        accountsIn(accounts, 1);
        MemoryDeltaTokenRepository tokens = new MemoryDeltaTokenRepository();
        try (ConsumerRoute reader =
                reader().with("idempotentRepository", tokens).start()) {
            await().until(() -> reader.received().size() == 1 && reader.polls() >= 2);
        }
        String brief = accountsIn(accounts, 1).get(0);
        accounts.delete(brief);
        try (ConsumerRoute reader =
                reader().with("idempotentRepository", tokens).start()) {
            await().until(() -> reader.received().size() == 1);
            assertThat(reader.received().get(0).id()).isEqualTo(brief);
            assertThat(reader.types()).containsExactly("delete");
        }
    }

    @Test
    @ProvesSentence({"current-31", "2021-15"})
    void changesOfOtherTablesDoNotCome() throws Exception {
        String id = accountsIn(accounts, 1).get(0);
        try (ConsumerRoute reader = reader().start()) {
            await().until(() -> reader.received().size() == 1);
            simulator.table("contact").create(Map.of("fullname", "Maria"));
            String late = accounts.create(Map.of("name", "late"));
            await().until(() -> reader.received().size() == 2);
            assertThat(reader.received()).extracting(ConsumerRoute.Received::id).containsExactly(id, late);
        }
    }

    @Test
    void theHeadersSayWhereAChangeComesFrom() throws Exception {
        accountsIn(accounts, 1);
        long before = Instant.now().toEpochMilli();
        try (ConsumerRoute reader = reader().with("subscription", "billing").start()) {
            await().until(() -> reader.received().size() == 1);
            assertThat(reader.received().get(0).headers())
                    .containsEntry(DataverseChangesConstants.TABLE, "account")
                    .containsEntry(DataverseChangesConstants.ENTITY_SET, "accounts")
                    .containsEntry(DataverseChangesConstants.PHASE, "initial")
                    .containsEntry(DataverseChangesConstants.SUBSCRIPTION, "billing")
                    .containsKey(DataverseChangesConstants.ETAG);
            assertThat((long) reader.received().get(0).headers().get(DataverseChangesConstants.ROUND))
                    .isBetween(before, Instant.now().toEpochMilli());
        }
    }

    @Test
    void theEntitySetNameFindsTheSameTable() throws Exception {
        accountsIn(accounts, 2);
        try (ConsumerRoute reader = reader().table("accounts").start()) {
            await().until(() -> reader.received().size() == 2);
            assertThat(reader.received().get(0).headers()).containsEntry(DataverseChangesConstants.TABLE, "account");
        }
    }

    @Test
    void theTableIsLookedUpOnceAndEveryPageAsksForItsSizeAgain() throws Exception {
        accountsIn(accounts, 12);
        try (ConsumerRoute reader = reader().with("maxPageSize", 5).start()) {
            await().until(() -> reader.polls() >= 3);
            List<ReceivedRequest> requests = simulator.requests();
            assertThat(requests.stream()
                            .filter(request -> request.pathAndQuery().contains("EntityDefinitions")))
                    .as("its names, and its type")
                    .hasSize(2);
            List<ReceivedRequest> pages =
                    requests.stream().filter(RequestKind::forRows).toList();
            assertThat(pages).hasSizeGreaterThanOrEqualTo(5).allMatch(page -> RequestKind.forPagesOf(5, page));
        }
    }

    @Test
    @ProvesFault("D5")
    void numbersArriveExactlyInEveryBodyType() throws Exception {
        BigDecimal revenue = new BigDecimal("12345678901234567890.1000");
        accounts.create(Map.of("name", "Contoso", "revenue", revenue));
        try (ConsumerRoute text = reader().start();
                ConsumerRoute map = reader().with("bodyType", "map").start();
                ConsumerRoute node = reader().with("bodyType", "node").start()) {
            await().until(() -> text.received().size()
                            + map.received().size()
                            + node.received().size()
                    == 3);
            assertThat(text.received().get(0).text()).contains("\"revenue\":12345678901234567890.1000");
            assertThat(((Map<?, ?>) map.received().get(0).body()).get("revenue"))
                    .isEqualTo(revenue);
            assertThat(((Map<?, ?>) map.received().get(0).body()).get("versionnumber"))
                    .isInstanceOf(Long.class);
            assertThat(node.received().get(0).body().toString()).contains("12345678901234567890.1000");
        }
    }

    @Test
    void aPageCanBeOneExchange() throws Exception {
        accountsIn(accounts, 12);
        try (ConsumerRoute reader =
                reader().with("maxPageSize", 5).with("exchangePer", "page").start()) {
            await().until(() -> reader.received().size() == 3);
            assertThat(reader.received())
                    .extracting(page -> ((List<?>) page.body()).size())
                    .containsExactly(5, 5, 2);
        }
    }

    @ParameterizedTest
    @CsvSource({"string, java.lang.String", "map, java.util.Map", "node, com.fasterxml.jackson.databind.JsonNode"})
    void aPageIsAListOfRowsInTheFormThatIsAskedForWithItsChangesBesideIt(String form, Class<?> type) throws Exception {
        List<String> ids = accountsIn(accounts, 3);
        try (ConsumerRoute reader =
                reader().with("exchangePer", "page").with("bodyType", form).start()) {
            await().until(() -> reader.received().size() == 1);
            ConsumerRoute.Received page = reader.received().get(0);
            assertThat((List<?>) page.body()).hasSize(3).allMatch(type::isInstance);
            assertThat(changes(page)).extracting(Change::id).containsExactlyInAnyOrderElementsOf(ids);
            assertThat(page.headers())
                    .containsEntry(DataverseChangesConstants.SIZE, 3)
                    .containsEntry(
                            DataverseChangesConstants.FIRST_VERSION,
                            accounts.version(changes(page).get(0).id()))
                    .containsEntry(
                            DataverseChangesConstants.LAST_VERSION,
                            accounts.version(changes(page).get(2).id()));
            assertThat(page.key()).matches("page!\\d{13}![0-9a-f]{32}");
            accounts.delete(ids.get(0));
            await().until(() -> reader.received().size() == 2);
            ConsumerRoute.Received tombstone = reader.received().get(1);
            assertThat((List<?>) tombstone.body()).hasSize(1).allMatch(type::isInstance);
            assertThat(tombstone.headers())
                    .containsEntry(DataverseChangesConstants.SIZE, 1)
                    .doesNotContainKeys(
                            DataverseChangesConstants.FIRST_VERSION, DataverseChangesConstants.LAST_VERSION);
            assertThat(tombstone.key()).isNotEqualTo(page.key());
        }
    }

    private static List<Change> changes(ConsumerRoute.Received page) {
        return ((List<?>) page.properties().get(DataverseChangesConstants.CHANGES))
                .stream().map(Change.class::cast).toList();
    }

    @Test
    void theBatchPropertiesSpeakOfTheExchangesOfThePage() throws Exception {
        accountsIn(accounts, 3);
        try (ConsumerRoute reader = reader().start()) {
            await().until(() -> reader.received().size() == 3);
            assertThat(reader.received())
                    .extracting(each -> each.properties().get("CamelBatchIndex"))
                    .containsExactly(0, 1, 2);
            assertThat(reader.received())
                    .extracting(each -> each.properties().get("CamelBatchSize"))
                    .containsOnly(3);
            assertThat(reader.received())
                    .extracting(each -> each.properties().get("CamelBatchComplete"))
                    .containsExactly(false, false, true);
        }
    }

    @Test
    @ProvesSentence({"current-23", "current-24", "current-34", "2021-10"})
    void anIdleTableKeepsAFreshLink() throws Exception {
        accountsIn(accounts, 1);
        MemoryDeltaTokenRepository tokens = new MemoryDeltaTokenRepository();
        try (ConsumerRoute reader =
                reader().with("idempotentRepository", tokens).start()) {
            await().until(() -> reader.received().size() == 1
                    && reader.checkpoint().round()
                            > (Long) reader.received().get(0).headers().get(DataverseChangesConstants.ROUND) + 1);
            String first = reader.checkpoint().roundLink();
            simulator.clock().advance(Duration.ofDays(3));
            // The first of these polls may have been answered before that.
            long polls = reader.polls();
            await().until(() -> reader.polls() >= polls + 2);
            assertThat(reader.checkpoint().roundLink()).isNotEqualTo(first);
            simulator.clock().advance(Duration.ofDays(5));
            accountsIn(accounts, 1);
            await().until(() -> reader.received().size() == 2);
        }
    }

    @Test
    @ProvesSentence({"current-17", "2021-6"})
    void aNewContextContinuesWhereTheRepositoryStands() throws Exception {
        accountsIn(accounts, 4);
        MemoryDeltaTokenRepository tokens = new MemoryDeltaTokenRepository();
        try (ConsumerRoute first = reader().with("idempotentRepository", tokens).start()) {
            await().until(() -> first.received().size() == 4);
            await().until(() -> first.polls() >= 2);
        }
        accountsIn(accounts, 2);
        try (ConsumerRoute second =
                reader().with("idempotentRepository", tokens).start()) {
            await().until(() -> second.received().size() == 2);
            assertThat(second.received())
                    .extracting(each -> each.headers().get(DataverseChangesConstants.PHASE))
                    .containsOnly("delta");
        }
    }

    @Test
    void startFromNowDeliversNothingOfWhatWasThereAndAfterARestartWhatChangedMeanwhile() throws Exception {
        MemoryDeltaTokenRepository tokens = new MemoryDeltaTokenRepository();
        accountsIn(accounts, 12);
        String late;
        try (ConsumerRoute reader = fromNow(tokens).start()) {
            await().until(() -> reader.polls() >= 2);
            late = accounts.create(Map.of("name", "late"));
            await().until(() -> !reader.received().isEmpty());
            assertThat(reader.received()).extracting(ConsumerRoute.Received::id).containsExactly(late);
        }
        String later = accounts.create(Map.of("name", "while nobody reads"));
        try (ConsumerRoute reader = fromNow(tokens).start()) {
            await().until(() -> !reader.received().isEmpty());
            assertThat(reader.received()).extracting(ConsumerRoute.Received::id).containsExactly(later);
        }
    }

    private ConsumerRoute fromNow(MemoryDeltaTokenRepository tokens) {
        return reader().with("startFrom", "now")
                .with("idempotentRepository", tokens)
                .with("maxPageSize", 5);
    }
}
