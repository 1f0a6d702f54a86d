package io.github.cameldataverse.changes.example;

import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A simulated organization whose tables the tests write to, and a directory of its own for what the application keeps.
 */
public final class Organization implements QuarkusTestResourceLifecycleManager {

    private DataverseSimulator simulator;
    private Path data;

    @Override
    public Map<String, String> start() {
        simulator = DataverseSimulator.start();
        data = newDirectory();
        return settings(simulator, data);
    }

    /** What an application has to be told to read this organization and to keep its things there. */
    static Map<String, String> settings(DataverseSimulator simulator, Path data) {
        return Map.of(
                "camel.component.dataverse-changes.organization-url",
                simulator.organizationUrl().toString(),
                "camel.component.dataverse-changes.access-token",
                "any",
                "camel.component.dataverse-changes.allow-insecure",
                "true",
                "example.delay",
                "200",
                "example.data",
                data.toString());
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(simulator, new TestInjector.MatchesType(DataverseSimulator.class));
        injector.injectIntoFields(data, new TestInjector.MatchesType(Path.class));
    }

    @Override
    public void stop() {
        simulator.close();
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "data")
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
