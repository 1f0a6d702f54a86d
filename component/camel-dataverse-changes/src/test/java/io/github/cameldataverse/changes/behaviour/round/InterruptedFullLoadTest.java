package io.github.cameldataverse.changes.behaviour.round;

import static io.github.cameldataverse.changes.harness.SampleRows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.status.ReaderStatus;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.faults.RefusedNextLink;
import io.github.cameldataverse.changes.testkit.faults.ServiceUnavailable;
import io.github.cameldataverse.changes.token.Phase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A full load that begins a second time is anchored a second time: what was deleted before has no tombstone in it, nor in
 * any round behind it.
 */
@OverBothApis
class InterruptedFullLoadTest {

    private final ChangeTrackingApi api = OverBothApis.API;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");

    private ConsumerRoute reader() {
        return ConsumerRoute.of(simulator, api);
    }

    @ParameterizedTest
    @ValueSource(strings = {"change", "batch", "page"})
    @ProvesFault({"C3", "C4"})
    void aRecordThatIsDeletedWhileTheFirstPageWaitsIsToldAsDeleted(String exchangePer) throws Exception {
        List<String> ids = accountsIn(accounts, 3);
        AtomicBoolean failing = new AtomicBoolean(true);
        try (ConsumerRoute reader = reader().with("exchangePer", exchangePer).with("maxRetries", 0)) {
            reader.doing(exchange -> failOnce(exchange, failing)).start();
            awaitInterruption(reader);
            long round = reader.checkpoint().round();
            accounts.delete(ids.get(0));
            failing.set(false);
            simulator.faults().clear();
            await().untilAsserted(() -> assertThat(told(reader))
                    .contains(ids.get(0) + "!" + round)
                    .contains(ids.get(1))
                    .contains(ids.get(2)));
            assertThat(reader.checkpoint()).isNotNull();
        }
    }

    /** The route has refused a change, and no page that was read before is under way any more. */
    private void awaitInterruption(ConsumerRoute reader) {
        await().until(() -> reader.word() == ReaderStatus.Word.POISONED);
        simulator.faults().always(new ServiceUnavailable(503));
        await().until(() -> reader.word() == ReaderStatus.Word.FAULTED);
    }

    private static void failOnce(Exchange exchange, AtomicBoolean failing) {
        Integer index = exchange.getProperty("CamelBatchIndex", Integer.class);
        boolean last = exchange.getProperty("CamelBatchComplete", false, Boolean.class);
        if (failing.get() && (index == 1 || last)) {
            throw new IllegalStateException("the route fails");
        }
    }

    private static String told(ConsumerRoute reader) {
        return reader.received().stream()
                        .map(received -> received.key() + received.body())
                        .toList()
                        .toString()
                + reader.received().stream()
                        .map(received -> received.properties().get(DataverseChangesConstants.CHANGES))
                        .filter(List.class::isInstance)
                        .flatMap(changes -> ((List<?>) changes).stream())
                        .map(change -> ((io.github.cameldataverse.changes.change.Change) change).key())
                        .toList();
    }

    @Test
    void aRecordThatMovedToALaterPageIsNotToldAsDeleted() throws Exception {
        List<String> ids = accountsIn(accounts, 6);
        AtomicBoolean failing = new AtomicBoolean(true);
        try (ConsumerRoute reader = reader().with("maxPageSize", 3).with("maxRetries", 0)) {
            reader.doing(exchange -> failOnce(exchange, failing)).start();
            awaitInterruption(reader);
            accounts.update(ids.get(0), Map.of("name", "moved"));
            failing.set(false);
            simulator.faults().clear();
            await().until(() ->
                    reader.word() == ReaderStatus.Word.UP && reader.received().size() >= 7);
            assertThat(reader.types()).containsOnly("upsert");
            assertThat(reader.received().get(0).id()).isEqualTo(ids.get(0));
            assertThat(reader.keys()).contains(ids.get(0) + "@" + accounts.version(ids.get(0)));
        }
    }

    @Test
    @ProvesFault("P6")
    void aLoadWhoseNextLinkIsRefusedBeginsAgainAsAReload() throws Exception {
        accountsIn(accounts, 6);
        simulator.faults().next(new RefusedNextLink());
        try (ConsumerRoute reader = reader().with("maxPageSize", 2).start()) {
            await().until(() -> reader.received().size() == 10);
            assertThat(reader.types().subList(0, 3)).containsExactly("upsert", "upsert", "resyncStarted");
            assertThat(reader.types().get(9)).isEqualTo("resyncCompleted");
            assertThat(reader.keys().stream().filter(key -> key.contains("@")).distinct())
                    .hasSize(6);
        }
    }

    @Test
    @ProvesFault({"C3", "P11"})
    void aDeleteThatMovesToALaterPageWhileItsPageWaitsIsNotRepeated() throws Exception {
        List<String> ids = accountsIn(accounts, 4);
        AtomicBoolean failing = new AtomicBoolean();
        try (ConsumerRoute reader = reader().with("maxPageSize", 2).with("maxRetries", 0)) {
            reader.doing(exchange -> failOnce(exchange, failing)).start();
            await().until(() ->
                    reader.received().size() == 4 && reader.checkpoint().phase() == Phase.DELTA);
            simulator.faults().always(new ServiceUnavailable(503));
            await().until(() -> reader.word() == ReaderStatus.Word.FAULTED);
            accounts.delete(ids.get(0));
            accounts.delete(ids.get(1));
            failing.set(true);
            simulator.faults().clear();
            awaitInterruption(reader);
            accountsIn(accounts, 3);
            failing.set(false);
            simulator.faults().clear();
            await().until(() -> reader.received().size() >= 9 && reader.word() == ReaderStatus.Word.UP);
            assertThat(reader.types().subList(4, 9)).containsExactly("delete", "upsert", "upsert", "upsert", "delete");
            assertThat(reader.keys()).doesNotHaveDuplicates();
        }
    }
}
