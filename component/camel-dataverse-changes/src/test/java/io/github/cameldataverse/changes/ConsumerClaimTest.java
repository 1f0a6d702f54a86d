package io.github.cameldataverse.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.Standing.Word;
import io.github.cameldataverse.changes.source.Api;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A table has two names, and whoever reads it under the one shares the token with whoever reads it under the other. */
@OverBothApis
class ConsumerClaimTest {

    private final Api api = OverBothApis.API;

    private static final String OTHER = "other";

    private final DataverseSimulator simulator = DataverseSimulator.start();

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    @Fault("X4")
    void aTableIsReadUnderOneOfItsNamesOnlyAndTheOtherConsumerSaysSo() throws Exception {
        simulator.table("account").create(Map.of("name", "Adventure Works"));
        try (Reader reader = Reader.of(simulator, api).table("accounts").start()) {
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
        try (Reader reader = Reader.of(simulator, api).table("accounts").start()) {
            await().until(() -> reader.word() == Word.UP);
            reader.with("initialDelay", 1).table("Account").addRoute(OTHER);
            await().until(() -> other(reader).standing().word() == Word.FAULTED);
            int asked = simulator.requests().size();
            long polls = other(reader).getCounter();
            await().until(() -> other(reader).getCounter() > polls + 3);
            assertThat(simulator.requests().subList(asked, simulator.requests().size()))
                    .noneMatch(request -> request.pathAndQuery().contains("EntityDefinitions"));

            reader.context().getRouteController().stopRoute(Reader.ROUTE);
            await().until(() -> other(reader).standing().word() == Word.UP);
        }
    }

    private static DataverseChangesConsumer other(Reader reader) {
        return (DataverseChangesConsumer)
                Objects.requireNonNull(reader.context().getRoute(OTHER)).getConsumer();
    }
}
