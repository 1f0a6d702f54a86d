package io.github.cameldataverse.changes.issues;

import static io.github.cameldataverse.changes.harness.SampleRows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.RequestKind;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.ReceivedRequest;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.faults.Throttled;
import io.github.cameldataverse.changes.token.file.FileDeltaTokenRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records were deleted in bulk and the reader restarted inside the round: it asked for each record by itself, met the limit
 * of requests before it had asked for all, and began anew with the first one, without end.
 */
@OverBothApis
class StarvingConfirmationsTest {

    private static final int DELETED = 300;

    private final ChangeTrackingApi api = OverBothApis.API;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");

    @TempDir
    Path directory;

    @Test
    @ProvesFault("P1")
    void threeHundredTombstonesBehindARestartNeedAFewRequests() throws Exception {
        List<String> ids = accountsIn(accounts, DELETED + 2);
        List<String> deleted = ids.subList(0, DELETED);
        stopInsideTheRound(ids);
        simulator.forgetRequests();
        simulator.switches().requestLimit(150, Duration.ofSeconds(15));
        // One poll, and none behind it that counts too.
        try (ConsumerRoute reader = reader().with("delay", 3_600_000).start()) {
            patiently()
                    .until(() ->
                            reader.types().stream().filter("delete"::equals).count() == DELETED);

            assertThat(reader.received().stream().filter(each -> "delete".equals(each.type())))
                    .extracting(ConsumerRoute.Received::id)
                    .containsExactlyInAnyOrderElementsOf(deleted);
            assertThat(lookUps()).as("requests that ask for records").hasSize(3);
            assertThat(asked()).as("records asked for").isEqualTo(DELETED);
            assertThat(simulator.throttledRequests()).isZero();
        }
    }

    @Test
    @ProvesFault("P1")
    void aLimitThatIsMetAmongTheQuestionsTakesNoAnswerAway() throws Exception {
        List<String> ids = accountsIn(accounts, DELETED + 2);
        stopInsideTheRound(ids);
        simulator.forgetRequests();
        simulator.faults().whereRequest(RequestKind::forRecords).onNth(2, new Throttled(1));
        try (ConsumerRoute reader = reader().start()) {
            patiently()
                    .until(() ->
                            reader.types().stream().filter("delete"::equals).count() == DELETED);

            assertThat(lookUps())
                    .as("the one that was refused is sent once more")
                    .hasSize(4);
            assertThat(asked()).as("records asked for").isEqualTo(DELETED + 100);
            assertThat(simulator.faults().injected()).isEqualTo(1);
        }
    }

    /** Delivers the first of the pages of a round that ends with tombstones. */
    private void stopInsideTheRound(List<String> ids) throws Exception {
        try (ConsumerRoute reader = reader().start()) {
            patiently().until(() -> reader.received().size() == ids.size());
            patiently().until(() -> reader.checkpoint().roundLink() != null);
        }
        ids.subList(DELETED, ids.size()).forEach(id -> accounts.update(id, Map.of("name", "new")));
        ids.subList(0, DELETED).forEach(accounts::delete);
        try (ConsumerRoute reader = reader().with("maxPageSize", 1)) {
            reader.doing(exchange -> reader.consumer().suspend()).start();
            patiently()
                    .until(() ->
                            !reader.received().isEmpty() && reader.consumer().isSuspended());
            patiently().until(() -> reader.checkpoint().pages() == 1);
        }
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofMinutes(1));
    }

    private ConsumerRoute reader() {
        return ConsumerRoute.of(simulator, api).with("idempotentRepository", new FileDeltaTokenRepository(directory));
    }

    private List<ReceivedRequest> lookUps() {
        return simulator.requests().stream()
                .filter(request -> !RequestKind.recordsAskedFor(request).isEmpty())
                .toList();
    }

    private long asked() {
        return lookUps().stream()
                .map(RequestKind::recordsAskedFor)
                .mapToLong(List::size)
                .sum();
    }
}
