package io.github.cameldataverse.changes.quarkus.deployment;

import io.github.cameldataverse.changes.quarkus.deployment.DataverseChangesBuildConfig.DevServices;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.SimulatorBuilder;
import io.github.cameldataverse.changes.testkit.demo.DemoOrganization;
import io.quarkus.deployment.builditem.Startable;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The testkit's simulator as a Dev Service. */
final class SimulatedOrganization implements Startable {

    /** Any token will do for the simulator. */
    static final String ACCESS_TOKEN = "simulated";

    private final Settings settings;
    private @Nullable DataverseSimulator simulator;
    private @Nullable DemoOrganization demo;

    SimulatedOrganization(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void start() {
        SimulatorBuilder builder = DataverseSimulator.builder().port(settings.port());
        settings.stateDirectory().map(Path::of).ifPresent(builder::journal);
        simulator = builder.build();
        if (settings.demo()) {
            demo = DemoOrganization.startOn(simulator, settings.writesPerSecond());
        }
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
        if (demo != null) {
            demo.close();
        }
        if (simulator != null) {
            simulator.close();
        }
    }

    /** As {@link DevServices}; a value, so that a reload of the application can tell whether anything changed. */
    record Settings(int port, Optional<String> stateDirectory, boolean demo, double writesPerSecond) {

        static Settings of(DevServices wish) {
            return new Settings(wish.port().orElse(0), wish.stateDirectory(), wish.demo(), wish.writesPerSecond());
        }
    }
}
