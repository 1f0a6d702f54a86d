package io.github.cameldataverse.changes.quarkus.newer;

import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A simulated organization that the application reads. */
public final class Organization implements QuarkusTestResourceLifecycleManager {

    private DataverseSimulator simulator;

    @Override
    public Map<String, String> start() {
        simulator = DataverseSimulator.start();
        return Map.of(
                "camel.component.dataverse-changes.organization-url",
                simulator.organizationUrl().toString(),
                "camel.component.dataverse-changes.allow-insecure",
                "true");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(simulator, new TestInjector.MatchesType(DataverseSimulator.class));
    }

    @Override
    public void stop() {
        simulator.close();
    }
}
