package io.github.cameldataverse.changes.testkit.tracking;

import static io.github.cameldataverse.changes.testkit.harness.WebApiClient.TRACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.faults.CutBody;
import io.github.cameldataverse.changes.testkit.faults.Throttled;
import io.github.cameldataverse.changes.testkit.harness.WebApiClient;
import io.github.cameldataverse.changes.testkit.harness.WireReference;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeltaRoundsTest {
    private static DataverseSimulator simulator;
    private static WebApiClient client;

    @BeforeAll
    static void start() {
        simulator = DataverseSimulator.start();
        client = new WebApiClient(simulator.organizationUrl());
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @BeforeEach
    void reset() {
        simulator.reset();
    }

    @Test
    @WireReference({"current-1", "current-17", "current-21", "current-23", "2021-6", "2021-9", "2021-10"})
    void aLoadOfSeveralPagesEndsWithADeltaLinkThatGivesTheChangesSince() {
        for (int i = 0; i < 7; i++) {
            simulator.table("account").create(Map.of("name", "Account " + i));
        }
        List<JsonNode> load = WebApiClient.pages(client.api("accounts?$select=name"), TRACK, "odata.maxpagesize=3");
        assertThat(load).hasSize(3);
        assertThat(WebApiClient.values(load))
                .extracting(row -> row.get("name").asText())
                .containsExactly(
                        "Account 0", "Account 1", "Account 2", "Account 3", "Account 4", "Account 5", "Account 6");
        String gone = WebApiClient.values(load).get(0).get("accountid").asText();
        simulator.table("account").delete(gone);
        String born = simulator.table("account").create(Map.of("name", "New"));
        List<JsonNode> delta = WebApiClient.pages(WebApiClient.deltaLink(load));
        assertThat(delta).hasSize(1);
        assertThat(delta.get(0).get("@odata.context").asText()).endsWith("$metadata#accounts(name)/$delta");
        assertThat(WebApiClient.values(delta).get(0).get("accountid").asText()).isEqualTo(born);
        assertThat(WebApiClient.values(delta).get(1))
                .isEqualTo(WebApiClient.json(
                        """
                {"@odata.context":"%s","id":"%s","reason":"deleted"}
                """
                                .formatted(client.api("$metadata#accounts/$deletedEntity"), gone)));
        assertThat(WebApiClient.values(WebApiClient.pages(WebApiClient.deltaLink(delta))))
                .isEmpty();
    }

    @Test
    void faultsWithoutAConditionWaitForDataRequestsOnly() {
        simulator.faults().next(new Throttled(7));
        assertThat(client.get("EntityDefinitions(LogicalName='account')?$select=EntitySetName")
                        .json()
                        .get("EntitySetName")
                        .asText())
                .isEqualTo("accounts");
        WebApiClient.Reply refused = client.get("accounts", TRACK);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("7");
        assertThat(client.get("accounts", TRACK).status()).isEqualTo(200);
    }

    @Test
    void aCutBodyBreaksTheConnectionAtEveryPlace() {
        simulator.table("account").create(Map.of("name", "Cut"));
        int length = client.get("accounts?$select=name", TRACK).body().length();
        for (int after = 0; after < length; after += 13) {
            simulator.faults().next(new CutBody(after));
            URI uri = client.api("accounts?$select=name");
            assertThatThrownBy(() -> WebApiClient.get(uri, TRACK)).hasRootCauseInstanceOf(java.io.IOException.class);
        }
    }
}
