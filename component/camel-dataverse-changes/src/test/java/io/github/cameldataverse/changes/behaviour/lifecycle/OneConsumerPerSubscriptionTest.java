package io.github.cameldataverse.changes.behaviour.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.DataverseChangesConsumer;
import io.github.cameldataverse.changes.api.ChangeTrackingApi;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A table has two names, and whoever reads it under the one shares the token with whoever reads it under the other. */
@OverBothApis
class OneConsumerPerSubscriptionTest {

    private final ChangeTrackingApi api = OverBothApis.API;

    private static final String OTHER = "other";

    private final DataverseSimulator simulator = DataverseSimulator.start();

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    @ProvesFault("X4")
    void aTableIsReadUnderOneOfItsNamesOnlyAndTheOtherConsumerSaysSo() throws Exception {
        simulator.table("account").create(Map.of("name", "Adventure Works"));
        try (ConsumerRoute reader =
                ConsumerRoute.of(simulator, api).table("accounts").start()) {
            await().until(() -> reader.word() == Word.UP);
            reader.with("initialDelay", 1).table("Account").addRoute(OTHER);
            await().until(() -> other(reader).standing().word() == Word.FAULTED);
            assertThat(other(reader).standing().sentence())
                    .isEqualTo("Another consumer of this Camel context already reads account/default at "
                            + simulator.organizationUrl()
                            + "; give one of them a name of its own with the option subscription");
            simulator.table("account").create(Map.of("name", "Fourth Coffee"));
            await().until(() -> reader.received().size() == 2);
            assertThat(other(reader).checkpoint()).isNull();
        }
    }

    @Test
    void theOtherConsumerTakesOverWhenTheFirstOneStops() throws Exception {
        try (ConsumerRoute reader =
                ConsumerRoute.of(simulator, api).table("accounts").start()) {
            await().until(() -> reader.word() == Word.UP);
            reader.with("initialDelay", 1).table("Account").addRoute(OTHER);
            await().until(() -> other(reader).standing().word() == Word.FAULTED);
            int asked = simulator.requests().size();
            long polls = other(reader).getCounter();
            await().until(() -> other(reader).getCounter() > polls + 3);
            assertThat(simulator.requests().subList(asked, simulator.requests().size()))
                    .noneMatch(request -> request.pathAndQuery().contains("EntityDefinitions"));

            reader.context().getRouteController().stopRoute(ConsumerRoute.ROUTE);
            await().until(() -> other(reader).standing().word() == Word.UP);
        }
    }

    private static DataverseChangesConsumer other(ConsumerRoute reader) {
        return (DataverseChangesConsumer)
                Objects.requireNonNull(reader.context().getRoute(OTHER)).getConsumer();
    }
}
