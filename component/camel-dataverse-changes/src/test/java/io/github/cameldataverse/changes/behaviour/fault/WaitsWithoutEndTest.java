package io.github.cameldataverse.changes.behaviour.fault;

import static io.github.cameldataverse.changes.harness.SampleRows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.ConsumerAccess;
import io.github.cameldataverse.changes.DataverseChangesEndpoint;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.RequestKind;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.faults.Throttled;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.ScheduledPollConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The service asks to wait, again and again, and nothing comes of it. */
@OverBothApis
@Timeout(120)
class WaitsWithoutEndTest {

    private static final Duration STEP = Duration.ofMinutes(5);

    private final ChangeTrackingApi api = OverBothApis.API;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final HandMovedClock clock = new HandMovedClock();

    @Test
    @ProvesFault("P1")
    void aReaderThatServesItsWaitsAndDoesNotGetOnIsDownUntilItDoes() throws Exception {
        accountsIn(simulator.table("account"), 1);
        simulator.faults().whereRequest(RequestKind::forRows).always(new Throttled(1));
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            DataverseChangesEndpoint endpoint = context.getEndpoint(
                    ConsumerRoute.of(simulator, api)
                            .with("initialDelay", 1_000_000_000)
                            .uri(),
                    DataverseChangesEndpoint.class);
            ScheduledPollConsumer consumer = ConsumerAccess.consumer(endpoint, exchange -> {}, clock);
            consumer.start();

            ConsumerAccess.poll(consumer);
            waitIsOver(consumer);
            waitIsOver(consumer);
            assertThat(health(consumer).getState()).as("after 10 minutes").isEqualTo(HealthCheck.State.UP);
            clock.now = clock.now.plus(STEP);
            assertThat(health(consumer).getState()).as("after 15 minutes").isEqualTo(HealthCheck.State.DOWN);
            assertThat(health(consumer).getDetails())
                    .containsEntry("state", "THROTTLED")
                    .containsKey("until");
            assertThat(health(consumer).getMessage()).hasValueSatisfying(message -> assertThat(message)
                    .startsWith("THROTTLED: No change was accepted")
                    .contains("2 waits"));

            simulator.faults().clear();
            waitIsOver(consumer);
            assertThat(ConsumerAccess.status(consumer).word()).isEqualTo(Word.UP);
            simulator.faults().whereRequest(RequestKind::forRows).always(new Throttled(1));
            ConsumerAccess.poll(consumer);
            waitIsOver(consumer);
            waitIsOver(consumer);
            assertThat(health(consumer).getState())
                    .as("10 minutes behind progress")
                    .isEqualTo(HealthCheck.State.UP);
            consumer.stop();
        }
    }

    /** The time passes that the service has asked for, and it is asked again. */
    private void waitIsOver(ScheduledPollConsumer consumer) throws Exception {
        clock.now = clock.now.plus(STEP);
        ConsumerAccess.poll(consumer);
    }

    private static HealthCheck.Result health(ScheduledPollConsumer consumer) {
        return Objects.requireNonNull(consumer.getHealthCheck()).call();
    }

    private static final class HandMovedClock extends Clock {

        private volatile Instant now = Instant.now();

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
