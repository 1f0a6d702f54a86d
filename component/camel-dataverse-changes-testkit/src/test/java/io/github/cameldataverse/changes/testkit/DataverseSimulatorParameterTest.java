package io.github.cameldataverse.changes.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DataverseSimulatorExtension.class)
class DataverseSimulatorParameterTest {
    @Test
    void theSimulatorIsGivenToATestThatTakesIt(DataverseSimulator simulator) {
        assertThat(simulator.organizationUrl().toString()).matches("http://127\\.0\\.0\\.1:\\d+");
    }
}
