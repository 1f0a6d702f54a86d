package io.github.cameldataverse.changes.testkit.harness;

import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A test with a simulator, reset before each test. */
public abstract class SimulatorTest {
    @RegisterExtension
    public static final DataverseSimulatorExtension SIMULATOR = new DataverseSimulatorExtension();

    public static WebApiClient client() {
        return new WebApiClient(SIMULATOR.organizationUrl());
    }

    public static SimulatedTable accounts() {
        return SIMULATOR.table("account");
    }

    public static void createAccounts(int count) {
        for (int i = 0; i < count; i++) {
            accounts().create(Map.of("name", "Account " + i));
        }
    }
}
