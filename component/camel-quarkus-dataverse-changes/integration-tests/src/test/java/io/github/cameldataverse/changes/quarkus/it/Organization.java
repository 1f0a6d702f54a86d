package io.github.cameldataverse.changes.quarkus.it;

import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

// tag::organization[]
/** A simulated organization, and directories for what the application writes. */
public final class Organization implements QuarkusTestResourceLifecycleManager {

    private DataverseSimulator simulator;
    private Path accounts;

    @Override
    public Map<String, String> start() {
        simulator = DataverseSimulator.start();
        accounts = newDirectory();
        return Map.of(
                "camel.component.dataverse-changes.organization-url",
                simulator.organizationUrl().toString(),
                "camel.component.dataverse-changes.allow-insecure",
                "true",
                "accounts.directory",
                accounts.toString(),
                "tokens.directory",
                newDirectory().toString());
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(simulator, new TestInjector.MatchesType(DataverseSimulator.class));
        injector.injectIntoFields(accounts, new TestInjector.MatchesType(Path.class));
    }

    @Override
    public void stop() {
        simulator.close();
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory(Path.of("target"), "data").toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
// end::organization[]
