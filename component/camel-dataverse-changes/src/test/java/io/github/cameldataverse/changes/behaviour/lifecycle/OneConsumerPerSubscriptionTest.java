package io.github.cameldataverse.changes.behaviour.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.ConsumerAccess;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.status.ReaderStatus;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import java.util.Map;
import org.apache.camel.support.ScheduledPollConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A table has two names, and consumers that read it under the one or the other share its token. */
@OverBothApis
class OneConsumerPerSubscriptionTest {

    private final ChangeTrackingApi api = OverBothApis.API;

    private static final String OTHER = "other";

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();

    @Test
    @ProvesFault("X4")
    void aTableIsReadUnderOneOfItsNamesOnlyAndTheOtherConsumerSaysSo() throws Exception {
        simulator.table("account").create(Map.of("name", "Adventure Works"));
        try (ConsumerRoute reader =
                ConsumerRoute.of(simulator, api).table("accounts").start()) {
            await().until(() -> reader.word() == Word.UP);
            reader.with("initialDelay", 1).table("Account").addRoute(OTHER);
            await().until(() -> status(reader).word() == Word.FAULTED);
            assertThat(status(reader).sentence())
                    .isEqualTo("Another consumer of this Camel context already reads account/default at "
                            + simulator.organizationUrl()
                            + "; give one of them a name of its own with the option subscription");
            simulator.table("account").create(Map.of("name", "Fourth Coffee"));
            await().until(() -> reader.received().size() == 2);
            assertThat(ConsumerAccess.checkpoint(other(reader))).isNull();
        }
    }

    @Test
    void theOtherConsumerTakesOverWhenTheFirstOneStops() throws Exception {
        try (ConsumerRoute reader =
                ConsumerRoute.of(simulator, api).table("accounts").start()) {
            await().until(() -> reader.word() == Word.UP);
            reader.with("initialDelay", 1).table("Account").addRoute(OTHER);
            await().until(() -> status(reader).word() == Word.FAULTED);
            int asked = simulator.requests().size();
            long polls = other(reader).getCounter();
            await().until(() -> other(reader).getCounter() > polls + 3);
            assertThat(simulator.requests().stream().skip(asked))
                    .noneMatch(request -> request.pathAndQuery().contains("EntityDefinitions"));

            reader.context().getRouteController().stopRoute(ConsumerRoute.ROUTE);
            await().until(() -> status(reader).word() == Word.UP);
        }
    }

    private static ScheduledPollConsumer other(ConsumerRoute reader) {
        return reader.consumer(OTHER);
    }

    private static ReaderStatus status(ConsumerRoute reader) {
        return ConsumerAccess.status(other(reader));
    }
}
