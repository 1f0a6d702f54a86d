package io.github.cameldataverse.changes.quarkus.deployment;

import io.github.cameldataverse.changes.quarkus.deployment.DataverseChangesBuildConfig.DevServices;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.quarkus.deployment.builditem.Startable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The testkit's simulator as a Dev Service. */
final class SimulatedOrganization implements Startable {

    /** Any token will do for the simulator. */
    static final String ACCESS_TOKEN = "simulated";

    private final Settings settings;
    private @Nullable DataverseSimulator simulator;

    SimulatedOrganization(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void start() {
        simulator = DataverseSimulator.builder().port(settings.port()).build();
    }

    @Override
    public String getConnectionInfo() {
        if (simulator == null) {
            throw new IllegalStateException("The simulated organization has not been started.");
        }
        return simulator.organizationUrl().toString();
    }

    @Override
    public @Nullable String getContainerId() {
        return null;
    }

    @Override
    public void close() {
        if (simulator != null) {
            simulator.close();
        }
    }

    /** As {@link DevServices}; a value, so that a reload of the application can tell whether anything changed. */
    record Settings(int port, Optional<String> stateDirectory, boolean demo, int writesPerSecond) {

        static Settings of(DevServices wish) {
            return new Settings(wish.port().orElse(0), wish.stateDirectory(), wish.demo(), wish.writesPerSecond());
        }
    }
}
