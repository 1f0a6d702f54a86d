package io.github.cameldataverse.changes.behaviour.round;

import static io.github.cameldataverse.changes.harness.SampleRows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.ConsumerRoute.Received;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesSentence;
import io.github.cameldataverse.changes.harness.RequestKind;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.ReceivedRequest;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.switches.DeltaTokenExpiry;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the two documents say of rounds and their order, as a route gets it. */
@OverBothApis
class DocumentedRoundsTest {

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");
    private final MemoryDeltaTokenRepository tokens = new MemoryDeltaTokenRepository();

    @Test
    @ProvesSentence({"current-33", "2021-16"})
    void aFirstReadBringsAllRecordsAsNewAndNoneThatIsDeleted() throws Exception {
        List<String> ids = accountsIn(accounts, 5);
        accounts.delete(ids.get(1));
        accounts.delete(ids.get(3));
        try (ConsumerRoute reader = reader().with("maxPageSize", 2).start()) {
            await().until(() ->
                    reader.checkpoint() != null && reader.checkpoint().roundLink() != null);
            assertThat(reader.received()).extracting(Received::id).containsExactly(ids.get(0), ids.get(2), ids.get(4));
            assertThat(reader.types()).containsOnly("upsert");
        }
    }

    @Test
    @ProvesSentence({"current-38", "current-39", "current-40", "2021-20"})
    void threeThousandWrittenAndTwoThousandDeletedComeFromOnePageInThatOrder() throws Exception {
        List<String> gone = accountsIn(accounts, 2000);
        loaded(2000);
        gone.forEach(accounts::delete);
        List<String> written = new ArrayList<>(accountsIn(accounts, 3000));
        String writtenLast = written.remove(0);
        accounts.update(writtenLast, Map.of("name", "Written last"));
        written.add(writtenLast);
        simulator.forgetRequests();
        try (ConsumerRoute reader = reader().start()) {
            await().atMost(Duration.ofSeconds(60)).until(() -> reader.received().size() == 5000);
            List<Received> upserts = reader.received().subList(0, 3000);
            assertThat(upserts).extracting(Received::id).containsExactlyElementsOf(written);
            assertThat(upserts)
                    .extracting(each -> (Long) each.headers().get(DataverseChangesConstants.VERSION))
                    .isSorted();
            assertThat(reader.types()).containsExactlyElementsOf(types(3000, 2000));
            assertThat(reader.received().subList(3000, 5000))
                    .extracting(Received::id)
                    .containsExactlyInAnyOrderElementsOf(gone);
            assertThat(simulator.requests()).noneMatch(RequestKind::forANextPage);
        }
    }

    @Test
    @ProvesSentence("2021-17")
    void aTokenOfNinetyDaysStillBringsTheChangesAlone() throws Exception {
        asIn2021();
        List<String> ids = accountsIn(accounts, 3);
        loaded(3);
        String added = accounts.create(Map.of("name", "Late"));
        accounts.delete(ids.get(0));
        simulator.clock().advance(Duration.ofDays(90).minusHours(2));
        try (ConsumerRoute reader = reader().start()) {
            await().until(() -> reader.received().size() == 2);
            assertThat(reader.received()).extracting(Received::id).containsExactly(added, ids.get(0));
            assertThat(reader.types()).containsExactly("upsert", "delete");
        }
    }

    @Test
    @ProvesSentence("2021-18")
    void anOlderTokenBringsAllRecordsBetweenTheBracketsOfAReload() throws Exception {
        asIn2021();
        List<String> ids = accountsIn(accounts, 3);
        loaded(3);
        accounts.delete(ids.get(1));
        simulator.clock().advance(Duration.ofDays(91));
        try (ConsumerRoute reader = reader().with("onTokenExpired", "resync").start()) {
            await().until(() -> reader.types().contains("resyncCompleted"));
            assertThat(reader.types()).containsExactly("resyncStarted", "upsert", "upsert", "resyncCompleted");
            assertThat(reader.received().subList(1, 3))
                    .extracting(Received::id)
                    .containsExactly(ids.get(0), ids.get(2));
        }
    }

    /** Who may not read the settings does not know the 90 days, and the service of 2021 says nothing of them. */
    @Test
    @ProvesSentence("2021-18")
    void withoutTheSettingsTheRecordsOfAnOlderTokenComeAsIfTheyHadChanged() throws Exception {
        asIn2021();
        simulator.switches().organizationSettingsReadable(false);
        List<String> ids = accountsIn(accounts, 3);
        loaded(3);
        simulator.clock().advance(Duration.ofDays(91));
        try (ConsumerRoute reader = reader().start()) {
            await().until(() -> reader.received().size() == 3);
            assertThat(reader.received()).extracting(Received::id).containsExactlyElementsOf(ids);
            assertThat(simulator.requests().stream().filter(RequestKind::forTheStartOfARound))
                    .map(ReceivedRequest::method)
                    .isNotEmpty();
        }
    }

    private void asIn2021() {
        simulator.switches().expiry(DeltaTokenExpiry.SILENT_FULL_LOAD).expireChangeTrackingInDays(90);
    }

    /** The full load is over, and its token stored. */
    private void loaded(int rows) throws Exception {
        try (ConsumerRoute reader = reader().start()) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> reader.received().size() == rows
                            && reader.checkpoint() != null
                            && reader.checkpoint().roundLink() != null);
        }
        simulator.forgetRequests();
    }

    private static List<String> types(int upserts, int deletes) {
        List<String> types = new ArrayList<>(Collections.nCopies(upserts, "upsert"));
        types.addAll(Collections.nCopies(deletes, "delete"));
        return types;
    }

    private ConsumerRoute reader() {
        return ConsumerRoute.of(simulator, OverBothApis.API)
                .with("select", "name")
                .with("idempotentRepository", tokens);
    }
}
