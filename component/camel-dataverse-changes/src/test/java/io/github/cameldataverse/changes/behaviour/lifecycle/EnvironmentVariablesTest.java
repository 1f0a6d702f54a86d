package io.github.cameldataverse.changes.behaviour.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.harness.ChildProcess;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What docs/options.md and docs/organization.md say of settings from the environment, under Camel Main. */
@Timeout(120)
class EnvironmentVariablesTest {

    private static final String COMPONENT = "camel.component.dataverse-changes.";
    private static final String TOKEN = "ACCESS_TOKEN_OF_THE_TEST";
    private static final String NAMED_AFTER_THE_COMPONENT = "CAMEL_COMPONENT_DATAVERSE_CHANGES_ACCESS_TOKEN";

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();

    @Test
    void aPropertyThatNamesAVariableHasItsValue() throws Exception {
        String id = simulator.table("account").create(Map.of("name", "Contoso"));
        try (ChildProcess process = started(Map.of(TOKEN, "demo"), "accessToken={{env:" + TOKEN + "}}")) {
            assertThat(process.line("got ", "failed ")).isEqualTo("got " + id);
        }
    }

    @Test
    void aVariableThatIsMissingStopsTheStartAndIsNamed() throws Exception {
        try (ChildProcess process = started(Map.of(), "accessToken={{env:" + TOKEN + "}}")) {
            assertThat(process.line("got ", "failed ")).startsWith("failed ").contains(TOKEN);
            assertThat(process.exitCode()).isOne();
        }
    }

    /** So nobody who reads the documentation of Camel Main waits for it in vain. */
    @Test
    void aVariableThatIsNamedAfterTheComponentIsNotTakenForItsOption() throws Exception {
        try (ChildProcess process = started(Map.of(NAMED_AFTER_THE_COMPONENT, "demo"), "maxRetries=0")) {
            assertThat(process.line("got ", "failed ")).startsWith("failed ");
        }
        assertThat(simulator.requests()).isEmpty();
    }

    /** @param option one more option of the component, with its value */
    private ChildProcess started(Map<String, String> environment, String option) throws IOException {
        return ChildProcess.run(
                environment,
                EnvironmentVariablesProcess.class,
                COMPONENT + "organizationUrl=" + simulator.organizationUrl(),
                COMPONENT + "allowInsecure=true",
                COMPONENT + option);
    }
}
