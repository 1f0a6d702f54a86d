package io.github.cameldataverse.changes.testkit.webapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cameldataverse.changes.testkit.harness.SimulatorTest;
import io.github.cameldataverse.changes.testkit.harness.WebApiClient;
import io.github.cameldataverse.changes.testkit.harness.WireReference;
import io.github.cameldataverse.changes.testkit.switches.CallerRights;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Turning change tracking on, as an administrator's client does it. */
class EntityDefinitionUpdatesTest extends SimulatorTest {
    private static final String PROJECT = "EntityDefinitions(LogicalName='new_project')";
    private static final String PUBLISH =
            "{\"ParameterXml\":\"<importexportxml><entities><entity>new_project</entity></entities></importexportxml>\"}";

    @BeforeEach
    void define() {
        SIMULATOR
                .simulator()
                .define(TableSchema.named("new_project").custom(true).tracked(false));
    }

    @Test
    @WireReference("current-5")
    void trackingIsOnOnceTheWholeDefinitionIsPutAndPublished() {
        assertThat(send(
                                "PUT",
                                PROJECT,
                                whole().put("ChangeTrackingEnabled", true).toString())
                        .status())
                .isEqualTo(204);
        assertThat(isTracked()).isFalse();
        assertThat(send("POST", "PublishXml", PUBLISH).status()).isEqualTo(204);
        assertThat(isTracked()).isTrue();
        assertThat(send(
                                "PUT",
                                PROJECT,
                                whole().put("ChangeTrackingEnabled", false).toString())
                        .message())
                .contains("cannot be disabled");
        assertThat(isTracked()).isTrue();
    }

    @Test
    void aPartOfADefinitionAndAPatchAreRefused() {
        WebApiClient.Reply part = send("PUT", PROJECT, "{\"ChangeTrackingEnabled\":true}");
        assertThat(part.status()).isEqualTo(400);
        assertThat(part.message()).contains("not complete");
        assertThat(send("PATCH", PROJECT, whole().toString()).status()).isEqualTo(405);
        assertThat(send("PUT", "EntityDefinitions(LogicalName='nothing')", "{}").status())
                .isEqualTo(404);
        SIMULATOR.switches().partialDefinitionAccepted(true);
        assertThat(send("PUT", PROJECT, "{\"ChangeTrackingEnabled\":true}").status())
                .isEqualTo(204);
    }

    @Test
    void aTableThatCannotBeTrackedAndACallerWhoMayNotCustomizeAreRefused() {
        SIMULATOR.switches().customizer(false);
        assertThat(send("PUT", PROJECT, whole().toString()).status()).isEqualTo(403);
        assertThat(send("POST", "PublishXml", PUBLISH).status()).isEqualTo(403);
        SIMULATOR.switches().reset();
        SIMULATOR
                .simulator()
                .define(TableSchema.named("new_project").tracked(false).canBeTracked(false));
        WebApiClient.Reply refused =
                send("PUT", PROJECT, whole().put("ChangeTrackingEnabled", true).toString());
        assertThat(refused.message()).contains("CanChangeTrackingBeEnabled can not be active");
    }

    @Test
    void theSettingsCanBeHiddenAndAStrangerSeesNothing() {
        SIMULATOR.switches().organizationSettingsReadable(false);
        assertThat(client().get("organizations").message()).contains("prvReadOrganization");
        assertThat(client().get("WhoAmI").status()).isEqualTo(200);
        SIMULATOR.switches().caller(CallerRights.NOT_A_MEMBER);
        for (String resource : new String[] {"WhoAmI", "EntityDefinitions", "organizations"}) {
            assertThat(client().get(resource).message()).isEqualTo("The user is not a member of the organization.");
        }
    }

    @Test
    void theRecordsOfATableAreCounted() {
        createAccounts(3);
        assertThat(client().get("RetrieveTotalRecordCount(EntityNames=%5B'account'%5D)")
                        .json()
                        .at("/EntityRecordCountCollection/Values/0")
                        .asLong())
                .isEqualTo(3);
        assertThat(client().get("RetrieveTotalRecordCount(EntityNames=%5B'nothing'%5D)")
                        .status())
                .isEqualTo(404);
        assertThat(client().get("RetrieveTotalRecordCount()").status()).isEqualTo(404);
    }

    private static ObjectNode whole() {
        return (ObjectNode) client().get(PROJECT).json();
    }

    private static boolean isTracked() {
        return whole().get("ChangeTrackingEnabled").asBoolean();
    }

    private static WebApiClient.Reply send(String method, String resource, String body) {
        return WebApiClient.send(HttpRequest.newBuilder(client().api(resource))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .build());
    }
}
