package io.github.cameldataverse.changes.testkit.webapi;

import static io.github.cameldataverse.changes.testkit.harness.WebApiClient.TRACK;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldataverse.changes.testkit.harness.SimulatorTest;
import io.github.cameldataverse.changes.testkit.harness.WebApiClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How long the organization keeps track, changed as an administrator's client does it; and what it tracks from the start. */
class OrganizationSettingsTest extends SimulatorTest {
    @Test
    void theDaysAreChangedByAPatchOfTheOneRowAndTakeEffect() {
        URI delta = WebApiClient.deltaLink(WebApiClient.pages(client().api("accounts?$select=name"), TRACK));
        SIMULATOR.clock().advance(Duration.ofDays(20));
        assertThat(WebApiClient.get(delta).code()).isEqualTo("0x80044352");
        assertThat(patch(one(), "{\"expirechangetrackingindays\":30}").status()).isEqualTo(204);
        assertThat(WebApiClient.get(delta).status()).isEqualTo(200);
        JsonNode row =
                client().get(one() + "?$select=expirechangetrackingindays").json();
        assertThat(row.get("expirechangetrackingindays").asInt()).isEqualTo(30);
        assertThat(row.get("@odata.context").asText())
                .endsWith("/$metadata#organizations(expirechangetrackingindays)/$entity");
    }

    @Test
    void otherDaysOtherSettingsAnotherOrganizationAndACallerWhoMayNotAreRefused() {
        assertThat(patch(one(), "{\"expirechangetrackingindays\":366}").code()).isEqualTo("0x80040203");
        assertThat(patch(one(), "{\"expirechangetrackingindays\":\"30\"}").status())
                .isEqualTo(400);
        assertThat(patch(one(), "{\"name\":\"other\"}").status()).isEqualTo(501);
        assertThat(patch(one(), "{").status()).isEqualTo(400);
        String other = "organizations(" + UUID.randomUUID() + ")";
        assertThat(patch(other, "{\"expirechangetrackingindays\":30}").code()).isEqualTo("0x80040217");
        assertThat(client().get(other).status()).isEqualTo(404);
        SIMULATOR.switches().customizer(false);
        assertThat(patch(one(), "{\"expirechangetrackingindays\":30}").message())
                .contains("prvWriteOrganization");
    }

    @Test
    void auditIsTrackedFromTheStartAndHasNoName() {
        JsonNode audit = client().get("EntityDefinitions(LogicalName='audit')").json();
        assertThat(audit.get("EntitySetName").asText()).isEqualTo("audits");
        assertThat(audit.get("ChangeTrackingEnabled").asBoolean()).isTrue();
        assertThat(audit.get("PrimaryNameAttribute").isNull()).isTrue();
        String account = accounts().create(Map.of("name", "A"));
        SIMULATOR
                .table("audit")
                .create(Map.of("operation", 1, "objecttypecode", "account", "_objectid_value", account));
        JsonNode row = client().get("audits", TRACK).json().get("value").get(0);
        assertThat(row.get("_objectid_value").asText()).isEqualTo(account);
        assertThat(row.has("createdon")).isTrue();
        assertThat(row.has("versionnumber")).isFalse();
    }

    private static String one() {
        return "organizations(" + SIMULATOR.organizationId() + ")";
    }

    private static WebApiClient.Reply patch(String resource, String body) {
        return WebApiClient.send(HttpRequest.newBuilder(client().api(resource))
                .method("PATCH", HttpRequest.BodyPublishers.ofString(body))
                .build());
    }
}
