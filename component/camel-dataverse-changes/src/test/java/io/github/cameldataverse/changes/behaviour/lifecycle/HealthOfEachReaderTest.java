package io.github.cameldataverse.changes.behaviour.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.health.DefaultHealthCheckRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two readers of one context, as those who ask the health registry of Camel see them. */
@OverBothApis
class HealthOfEachReaderTest {

    private final ChangeTrackingApi api = OverBothApis.API;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final ConsumerRoute reader = ConsumerRoute.of(DATAVERSE.simulator(), api);

    /** MicroProfile Health makes a check of its own of what is registered by itself, and one of all that a repository has. */
    private static final class Registered extends DefaultHealthCheckRegistry {

        private final Set<String> names = new CopyOnWriteArraySet<>();

        @Override
        public boolean register(Object check) {
            if (check instanceof HealthCheck own) {
                names.add(own.getId());
            }
            return super.register(check);
        }

        @Override
        public boolean unregister(Object check) {
            if (check instanceof HealthCheck own) {
                names.remove(own.getId());
            }
            return super.unregister(check);
        }
    }

    @Test
    void eachIsRegisteredByItsOwnNameAsLongAsItRuns() throws Exception {
        Registered registry = register();
        try (reader) {
            startTwo();
            assertThat(registry.names).contains("consumer:reader", "consumer:another");
            reader.context().getRouteController().stopRoute("another");
            assertThat(registry.names).contains("consumer:reader").doesNotContain("consumer:another");
            reader.context().getRouteController().startRoute("another");
            assertThat(registry.names).contains("consumer:another");
        }
    }

    @Test
    void eachTellsOnceWhereItStandsWhileItIsUp() throws Exception {
        register();
        try (reader) {
            startTwo();
            await().until(() -> reader.word() == Word.UP);
            await().untilAsserted(() -> assertThat(ofReaders()).hasSize(2).allSatisfy(result -> assertThat(
                            result.getDetails())
                    .containsEntry("state", "UP")
                    .containsKeys("subscription", "round", "token.age.seconds")));
        }
    }

    @Test
    void noneIsToldAsACheckOfLiveness() throws Exception {
        register();
        try (reader) {
            startTwo();
            assertThat(HealthCheckHelper.invokeLiveness(reader.context()))
                    .noneMatch(result -> result.getCheck().getId().startsWith("consumer:"));
        }
    }

    private Registered register() {
        Registered registry = new Registered();
        registry.setCamelContext(reader.context());
        reader.context().getCamelContextExtension().addContextPlugin(HealthCheckRegistry.class, registry);
        registry.register(registry.resolveById("consumers"));
        return registry;
    }

    private void startTwo() throws Exception {
        reader.start();
        reader.with("subscription", "another").addRoute("another");
    }

    private List<HealthCheck.Result> ofReaders() {
        Collection<HealthCheck.Result> all = HealthCheckHelper.invoke(reader.context(), "full");
        return all.stream()
                .filter(result -> result.getCheck().getId().startsWith("consumer:"))
                .collect(Collectors.toList());
    }
}
