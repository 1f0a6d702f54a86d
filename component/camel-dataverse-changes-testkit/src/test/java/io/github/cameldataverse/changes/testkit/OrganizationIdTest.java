package io.github.cameldataverse.changes.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldataverse.changes.testkit.faults.ServiceUnavailable;
import io.github.cameldataverse.changes.testkit.harness.SoapCall;
import io.github.cameldataverse.changes.testkit.harness.SoapReply;
import io.github.cameldataverse.changes.testkit.harness.WebApiClient;
import io.github.cameldataverse.changes.testkit.switches.CallerRights;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** Who the organization is: the same over both APIs, another one for each simulator unless the builder says otherwise. */
class OrganizationIdTest {
    private static final UUID ID = UUID.fromString("0f9d1a34-22c5-4e9f-8f6a-7b2d5e1c3a90");

    @TempDir
    Path directory;

    @Test
    void bothApisTellTheSameCallerAndOrganization() {
        try (DataverseSimulator simulator =
                DataverseSimulator.builder().organizationId(ID).build()) {
            JsonNode json = client(simulator).get("WhoAmI").json();
            assertThat(json.get("OrganizationId").asText()).isEqualTo(ID.toString());
            SoapReply reply = whoAmI(simulator);
            assertThat(SoapReply.type(reply.the(SoapCall.SERVICES, "ExecuteResult"))
                            .toString())
                    .isEqualTo("{http://schemas.microsoft.com/crm/2011/Contracts}WhoAmIResponse");
            Map<String, Element> results = SoapReply.pairs(reply.the(SoapCall.CONTRACTS, "Results"));
            assertThat(results.keySet()).containsExactly("BusinessUnitId", "UserId", "OrganizationId");
            results.forEach((name, value) -> {
                assertThat(SoapReply.text(value)).isEqualTo(json.get(name).asText());
                assertThat(SoapReply.type(value).toString())
                        .isEqualTo("{http://schemas.microsoft.com/2003/10/Serialization/}guid");
            });
        }
    }

    @Test
    void twoSimulatorsAreTwoOrganizationsUnlessTheyAreGivenOneId() {
        try (DataverseSimulator first = DataverseSimulator.start();
                DataverseSimulator second = DataverseSimulator.start();
                DataverseSimulator renamed = DataverseSimulator.builder()
                        .organizationId(first.organizationId())
                        .build()) {
            assertThat(second.organizationId()).isNotEqualTo(first.organizationId());
            assertThat(renamed.organizationId()).isEqualTo(first.organizationId());
            first.reset();
            assertThat(client(first).get("WhoAmI").json().get("OrganizationId").asText())
                    .isEqualTo(renamed.organizationId().toString());
        }
    }

    @Test
    void aJournalKeepsTheIdUnlessTheBuilderSaysAnother() {
        UUID own;
        try (DataverseSimulator simulator = withJournal().build()) {
            own = simulator.organizationId();
        }
        try (DataverseSimulator simulator = withJournal().build()) {
            assertThat(simulator.organizationId()).isEqualTo(own);
        }
        try (DataverseSimulator simulator = withJournal().organizationId(ID).build()) {
            assertThat(simulator.organizationId()).isEqualTo(ID);
        }
        try (DataverseSimulator simulator = withJournal().build()) {
            assertThat(simulator.organizationId()).isEqualTo(ID);
        }
    }

    @Test
    void whoAmIMeetsOnlyFaultsThatWaitForIt() {
        try (DataverseSimulator simulator = DataverseSimulator.start()) {
            simulator.faults().next(new ServiceUnavailable());
            assertThat(whoAmI(simulator).status()).isEqualTo(200);
            assertThat(client(simulator).get("WhoAmI").status()).isEqualTo(200);
            simulator
                    .faults()
                    .whereRequest(request -> request.body().contains("WhoAmI"))
                    .next(new ServiceUnavailable());
            assertThat(whoAmI(simulator).status()).isEqualTo(503);
            assertThat(client(simulator).get("accounts").status()).isEqualTo(503);
            simulator.faults().requireAllStruck();
        }
    }

    @Test
    void whoIsNoMemberIsToldNothing() {
        try (DataverseSimulator simulator = DataverseSimulator.builder()
                .initially(Switch.CALLER, CallerRights.NOT_A_MEMBER)
                .build()) {
            assertThat(whoAmI(simulator).errorCode()).isEqualTo(0x80040220);
            assertThat(client(simulator).get("WhoAmI").code()).isEqualTo("0x80040220");
        }
    }

    @Test
    void theIdMustBeGiven() {
        assertThatThrownBy(() -> DataverseSimulator.builder().organizationId(null))
                .hasMessage("The id of the organization is null; it must be given");
    }

    private SimulatorBuilder withJournal() {
        return DataverseSimulator.builder().journal(directory);
    }

    private static WebApiClient client(DataverseSimulator simulator) {
        return new WebApiClient(simulator.organizationUrl());
    }

    private static SoapReply whoAmI(DataverseSimulator simulator) {
        SoapCall call = new SoapCall(
                simulator.organizationUrl(), "account", List.of(), 1, 1, Optional.empty(), Optional.empty());
        return call.send(SoapCall.whoAmI());
    }
}
