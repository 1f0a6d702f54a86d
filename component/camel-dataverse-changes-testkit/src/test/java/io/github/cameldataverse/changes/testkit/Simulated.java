package io.github.cameldataverse.changes.testkit;

import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A test with a simulator, reset before each test. */
abstract class Simulated {
    @RegisterExtension
    static final DataverseSimulatorExtension SIMULATOR = new DataverseSimulatorExtension();

    static Client client() {
        return new Client(SIMULATOR.organizationUrl());
    }

    static SimulatedTable accounts() {
        return SIMULATOR.table("account");
    }

    static void createAccounts(int count) {
        for (int i = 0; i < count; i++) {
            accounts().create(Map.of("name", "Account " + i));
        }
    }
}
