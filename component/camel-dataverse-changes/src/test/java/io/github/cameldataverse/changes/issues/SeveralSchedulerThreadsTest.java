package io.github.cameldataverse.changes.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With {@code scheduler.concurrentConsumers=2} two threads read one round, and every change came twice. */
@OverBothApis
class SeveralSchedulerThreadsTest {

    private final ChangeTrackingApi api = OverBothApis.API;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");

    @Test
    void ofSeveralThreadsOfTheSchedulerOnlyOneReadsARound() throws Exception {
        List<String> keys = IntStream.range(0, 6)
                .mapToObj(i -> accounts.create(Map.of("name", "Account " + i)))
                .map(id -> id + "@" + accounts.version(id))
                .toList();
        CountDownLatch held = new CountDownLatch(1);
        try (ConsumerRoute reader = ConsumerRoute.of(simulator, api)
                .with("maxPageSize", 2)
                .with("scheduler.concurrentConsumers", 2)
                .with("scheduler.poolSize", 2)
                .doing(exchange -> assertThat(held.await(1, TimeUnit.MINUTES)).isTrue())
                .start()) {
            await().until(() -> reader.polls() >= 5);
            held.countDown();
            await().until(() -> reader.received().size() >= 6 && reader.word() == Word.UP);
            await().until(() -> reader.checkpoint().roundLink() != null);
            assertThat(reader.keys()).isEqualTo(keys);
        }
    }
}
