package io.github.cameldataverse.changes.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

@DataverseSimulatorTest(lifecycle = DataverseSimulatorTest.Lifecycle.PER_METHOD, tls = true)
class SimulatorPerMethodTest {
    private static final Set<DataverseSimulator> SIMULATORS = new HashSet<>();

    @RepeatedTest(2)
    void eachTestHasANewSimulatorWithTheOptionsOfTheAnnotation(
            DataverseSimulator simulator, RepetitionInfo repetition) {
        SIMULATORS.add(simulator);
        assertThat(SIMULATORS).hasSize(repetition.getCurrentRepetition());
        assertThat(simulator.authority()).hasScheme("https");
    }
}
