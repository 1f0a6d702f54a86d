package io.github.cameldataverse.changes.issues;

import static io.github.cameldataverse.changes.harness.SampleRows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.ConsumerAccess;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.SimulatedTime;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.Processor;
import org.apache.camel.health.HealthCheck.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A route that hangs holds the reader, and nothing was said of it. */
@OverBothApis
class HangingRouteTest {

    private static final String AGE = "exchange.age.seconds";

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void release() {
        released.countDown();
    }

    @ParameterizedTest
    @CsvSource({"change, the change , 3", "batch, the batch of 3 changes from , 1", "page, page 1 of round , 1"})
    @ProvesFault("R14")
    void aRouteThatHasOneExchangeForTooLongIsDownUntilItAnswersAndNothingIsCancelled(
            String exchangePer, String name, int exchanges) throws Exception {
        accountsIn(simulator.table("account"), 3);
        try (ConsumerRoute reader = started(reader().with("exchangePer", exchangePer))) {
            held.await();
            pass(Duration.ofMinutes(29));
            assertThat(reader.health().getState()).isEqualTo(State.UP);
            assertThat(ageOf(reader)).hasValueSatisfying(age -> assertThat(age).isBetween(29 * 60L, 30 * 60L));

            pass(Duration.ofMinutes(2));
            assertThat(reader.word()).isEqualTo(Word.INFLIGHT);
            assertThat(reader.health().getState()).isEqualTo(State.DOWN);
            assertThat(reader.message())
                    .contains(name, " for 31m", "longer than 30m0s (maxInflightTime)", "not cancelled");
            assertThat(reader.received()).isEmpty();

            released.countDown();
            await().until(() -> reader.received().size() == exchanges);
            await().until(() -> reader.health().getState() == State.UP);
        }
    }

    @Test
    @ProvesFault("R14")
    void theAgeOfTheExchangeInHandIsToldAtAnyTime() throws Exception {
        accountsIn(simulator.table("account"), 1);
        try (ConsumerRoute reader = started(reader())) {
            held.await();
            pass(Duration.ofMinutes(7));
            assertThat(ageOf(reader)).hasValueSatisfying(age -> assertThat(age).isBetween(7 * 60L, 8 * 60L));
            assertThat(managedAgeOf(reader)).isBetween(7 * 60L, 8 * 60L);

            released.countDown();
            await().until(() -> ageOf(reader).isEmpty() && managedAgeOf(reader) == -1);
        }
    }

    /** It was down before, for another reason, which is past. */
    @Test
    @ProvesFault("R14")
    void aRouteThatHangsBehindAFailureSaysThatItHangs() throws Exception {
        accountsIn(simulator.table("account"), 1);
        CountDownLatch failed = new CountDownLatch(1);
        try (ConsumerRoute reader =
                started(reader().with("maxInflightTime", "1m").doing(exchange -> {
                    if (failed.getCount() > 0) {
                        failed.countDown();
                        throw new IllegalStateException("The sink is down");
                    }
                    hang().process(exchange);
                }))) {
            held.await();
            assertThat(reader.word()).isEqualTo(Word.POISONED);
            pass(Duration.ofMinutes(1));
            assertThat(reader.word()).isEqualTo(Word.INFLIGHT);

            released.countDown();
            await().until(() -> reader.word() == Word.UP);
        }
    }

    private ConsumerRoute reader() {
        return ConsumerRoute.of(simulator, OverBothApis.API).doing(hang());
    }

    private Processor hang() {
        return exchange -> {
            held.countDown();
            released.await();
        };
    }

    /** On a machine on which time passes as at the organization, by {@link #pass}. */
    private ConsumerRoute started(ConsumerRoute reader) throws Exception {
        ConsumerAccess.ownClock(reader.context(), SimulatedTime.of(simulator.clock()));
        return reader.start();
    }

    private void pass(Duration time) {
        simulator.clock().advance(time);
    }

    private static Optional<Long> ageOf(ConsumerRoute reader) {
        return Optional.ofNullable((Long) reader.health().getDetails().get(AGE));
    }

    private static long managedAgeOf(ConsumerRoute reader) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName all = new ObjectName("org.apache.camel:context="
                + reader.context().getManagementName() + ",type=endpoints,name=\"dataverse-changes://*\"");
        return (long)
                server.getAttribute(server.queryNames(all, null).iterator().next(), "ExchangeAgeSeconds");
    }
}
