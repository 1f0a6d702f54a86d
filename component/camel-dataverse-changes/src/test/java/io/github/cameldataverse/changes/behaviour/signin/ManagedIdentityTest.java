package io.github.cameldataverse.changes.behaviour.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.harness.JavaCommand;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What Azure tells a process in its environment: each test is a process, and the whole of what it printed is looked at. */
@Timeout(180)
class ManagedIdentityTest {

    private static final String SUBJECT = "system:serviceaccount:sales:reader";

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension(DataverseSimulator.builder()
            .tls(true)
            .managedIdentity()
            .managedIdentity("assigned-1")
            .federatedClient("app-1", SUBJECT));

    private final DataverseSimulator simulator = DATAVERSE.simulator();

    @Test
    void theIdentityOfAnAppServiceSignsIn() throws Exception {
        List<String> output = read(appService(), "credentialType", "managedIdentity");

        assertThat(output)
                .anySatisfy(line -> assertThat(line).startsWith("came: [{").contains("Contoso"));
        assertThat(asked("/msi/token")).containsExactly("");
        assertThat(String.join("\n", output)).doesNotContain(simulator.identityHeader(), "simulated.");
    }

    @Test
    void anIdentityThatAUserHasAssignedToAVirtualMachineSignsIn() throws Exception {
        List<String> output = read(virtualMachine(), "credentialType", "managedIdentity", "clientId", "assigned-1");

        assertThat(output)
                .anySatisfy(line -> assertThat(line).startsWith("came: [{").contains("Contoso"));
        assertThat(asked("/metadata/identity/oauth2/token")).containsExactly("assigned-1");
        assertThat(String.join("\n", output)).doesNotContain("simulated.");
    }

    @Test
    void anIdentityThatIsNotAssignedIsRefusedWithASentence() throws Exception {
        for (Map<String, String> place : List.of(appService(), virtualMachine())) {
            List<String> output = read(place, "credentialType", "managedIdentity", "clientId", "assigned-2");

            assertThat(output).contains("came: []").anySatisfy(line -> assertThat(line)
                    .startsWith("says: ")
                    .contains("No access token for the managed identity assigned-2 (check that the identity is assigned"
                            + " to this Azure resource, and clientId)")
                    .doesNotContain(simulator.identityHeader()));
        }
    }

    @Test
    void aWorkloadIsToldEverythingByItsEnvironment(@TempDir Path folder) throws Exception {
        String authority = simulator.authority().toString();
        int slash = authority.lastIndexOf('/');
        Path token = Files.writeString(folder.resolve("token"), simulator.federatedToken(SUBJECT));
        List<String> output = read(
                Map.of(
                        "AZURE_TENANT_ID", authority.substring(slash + 1),
                        "AZURE_AUTHORITY_HOST", authority.substring(0, slash + 1),
                        "AZURE_CLIENT_ID", "app-1",
                        "AZURE_FEDERATED_TOKEN_FILE", token.toString()),
                "credentialType",
                "workloadIdentity");

        assertThat(output)
                .anySatisfy(line -> assertThat(line).startsWith("came: [{").contains("Contoso"));
        assertThat(String.join("\n", output)).doesNotContain("eyJ", "simulated.");
    }

    private Map<String, String> appService() {
        return Map.of(
                "IDENTITY_ENDPOINT",
                simulator.identityEndpoint().toString(),
                "IDENTITY_HEADER",
                simulator.identityHeader());
    }

    private Map<String, String> virtualMachine() {
        return Map.of(
                "AZURE_POD_IDENTITY_AUTHORITY_HOST", simulator.organizationUrl().toString());
    }

    /** Which identities were asked for at that path. */
    private List<String> asked(String path) {
        return simulator.requests().stream()
                .map(request -> request.pathAndQuery())
                .filter(target -> target.contains(path))
                .map(target -> target.replaceFirst(".*?(?:client_id=([^&]*).*)?$", "$1"))
                .toList();
    }

    private List<String> read(Map<String, String> environment, String... options) throws IOException {
        simulator.table("account").create(Map.of("name", "Contoso"));
        List<String> arguments = new ArrayList<>(List.of(
                simulator.secureOrganizationUrl().toString(),
                simulator.trustStore().toString(),
                simulator.trustStorePassword()));
        arguments.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(
                        JavaCommand.of(128, ManagedIdentityProcess.class, arguments.toArray(String[]::new)))
                .redirectErrorStream(true);
        // Nothing of the machine that runs the test.
        builder.environment().keySet().removeIf(name -> Stream.of("AZURE_", "IDENTITY_", "IMDS_", "MSI_")
                .anyMatch(name::startsWith));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            return lines.lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }
}
