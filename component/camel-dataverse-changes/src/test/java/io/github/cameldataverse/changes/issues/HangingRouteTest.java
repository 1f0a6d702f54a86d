package io.github.cameldataverse.changes.issues;

import static io.github.cameldataverse.changes.harness.SampleRows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.health.HealthCheck.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A route that hangs holds the reader, and nothing was said of it. */
@OverBothApis
class HangingRouteTest {

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    private ConsumerRoute holding() {
        return ConsumerRoute.of(simulator, OverBothApis.API).doing(exchange -> {
            held.countDown();
            released.await();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"change", "page"})
    void aRouteThatHasOneExchangeForTooLongIsDownUntilItAnswersAndNothingIsCancelled(String exchangePer)
            throws Exception {
        accountsIn(simulator.table("account"), 3);
        try (ConsumerRoute reader = holding()
                .with("maxInflightTime", 50)
                .with("exchangePer", exchangePer)
                .start()) {
            held.await();
            await().until(() -> reader.word() == Word.INFLIGHT);
            assertThat(reader.health().getState()).isEqualTo(State.DOWN);
            assertThat(reader.message())
                    .contains(exchangePer.equals("page") ? "a page" : "the change ", "maxInflightTime", "not cancelled");
            assertThat(reader.received()).isEmpty();

            released.countDown();
            await().until(() -> reader.word() == Word.UP);
            assertThat(reader.health().getState()).isEqualTo(State.UP);
            await().until(() -> reader.received().size() == (exchangePer.equals("page") ? 1 : 3));
        } finally {
            released.countDown();
        }
    }

    @Test
    void theAgeOfTheExchangeInHandIsToldAndASlowOneIsHealthy() throws Exception {
        accountsIn(simulator.table("account"), 1);
        try (ConsumerRoute reader = holding().start()) {
            assertThat(reader.health().getDetails()).doesNotContainKey("exchange.age.seconds");
            held.await();
            assertThat(reader.health().getState()).isEqualTo(State.UP);
            await().untilAsserted(() -> {
                assertThat((Long) reader.health().getDetails().get("exchange.age.seconds"))
                        .isPositive();
                assertThat(managedAge(reader)).isPositive();
            });

            released.countDown();
            await().untilAsserted(() -> {
                assertThat(reader.health().getDetails()).doesNotContainKey("exchange.age.seconds");
                assertThat(managedAge(reader)).isEqualTo(-1);
            });
        } finally {
            released.countDown();
        }
    }

    private static long managedAge(ConsumerRoute reader) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName all = new ObjectName("org.apache.camel:context="
                + reader.context().getManagementName() + ",type=endpoints,name=\"dataverse-changes://*\"");
        return (long)
                server.getAttribute(server.queryNames(all, null).iterator().next(), "ExchangeAgeSeconds");
    }
}
