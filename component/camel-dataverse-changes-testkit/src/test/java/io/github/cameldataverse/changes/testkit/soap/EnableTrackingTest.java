package io.github.cameldataverse.changes.testkit.soap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.testkit.harness.SimulatorTest;
import io.github.cameldataverse.changes.testkit.harness.SoapCall;
import io.github.cameldataverse.changes.testkit.harness.SoapReply;
import io.github.cameldataverse.changes.testkit.harness.WebApiClient;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Turning change tracking on by messages of the Organization Service, as a .NET program does it. */
class EnableTrackingTest extends SimulatorTest {
    private static final String MESSAGES = "http://schemas.microsoft.com/crm/2011/Contracts";

    @BeforeEach
    void define() {
        SIMULATOR
                .simulator()
                .define(TableSchema.named("new_project").custom(true).tracked(false));
    }

    @Test
    void trackingIsOnOnceTheDefinitionIsUpdatedAndPublished() {
        assertThat(SoapCall.of(SIMULATOR, "new_project").send().errorCode()).isEqualTo(0x80072491);
        SoapReply updated = update("new_project", "true");
        assertThat(SoapReply.type(updated.the(SoapCall.SERVICES, "ExecuteResult"))
                        .toString())
                .isEqualTo("{" + SoapCall.CONTRACTS + "}UpdateEntityResponse");
        assertThat(isTracked()).isFalse();
        SoapReply published = publish("new_project");
        assertThat(SoapReply.type(published.the(SoapCall.SERVICES, "ExecuteResult"))
                        .toString())
                .isEqualTo("{" + MESSAGES + "}PublishXmlResponse");
        assertThat(isTracked()).isTrue();
        assertThat(SoapCall.of(SIMULATOR, "new_project").send().items()).isEmpty();
        assertThat(update("new_project", "false").message()).contains("cannot be disabled");
    }

    @Test
    void whatOneApiChangesTheOtherPublishes() {
        update("new_project", "true");
        HttpRequest publish = HttpRequest.newBuilder(client().api("PublishXml"))
                .POST(
                        HttpRequest.BodyPublishers.ofString(
                                "{\"ParameterXml\":\"<importexportxml><entities><entity>new_project</entity></entities></importexportxml>\"}"))
                .build();
        assertThat(WebApiClient.send(publish).status()).isEqualTo(204);
        assertThat(isTracked()).isTrue();
    }

    @Test
    void anUnknownTableOneThatCannotBeTrackedAndACallerWhoMayNotAreRefused() {
        assertThat(update("nothing", "true").errorCode()).isEqualTo(0x80072493);
        assertThat(publish("").errorCode()).isEqualTo(0x80040203);
        SIMULATOR
                .simulator()
                .define(TableSchema.named("new_project").tracked(false).canBeTracked(false));
        assertThat(update("new_project", "true").message()).contains("CanChangeTrackingBeEnabled can not be active");
        SIMULATOR.switches().customizer(false);
        assertThat(update("new_project", "true").errorCode()).isEqualTo(0x80040220);
        assertThat(publish("new_project").message()).contains("prvPublishCustomization");
    }

    private static boolean isTracked() {
        return SIMULATOR.table("new_project").definition().tracked();
    }

    private static SoapReply update(String table, String tracked) {
        String entity = "<h:ChangeTrackingEnabled>" + tracked + "</h:ChangeTrackingEnabled><h:LogicalName>" + table
                + "</h:LogicalName>";
        return SoapCall.of(SIMULATOR, table)
                .send(SoapCall.message(
                        SoapCall.CONTRACTS,
                        "UpdateEntity",
                        SoapCall.parameter("Entity", "h:EntityMetadata", entity)
                                + SoapCall.parameter("MergeLabels", "c:boolean", "true")));
    }

    private static SoapReply publish(String table) {
        String xml = table.isEmpty()
                ? ""
                : "&lt;importexportxml&gt;&lt;entities&gt;&lt;entity&gt;" + table
                        + "&lt;/entity&gt;&lt;/entities&gt;&lt;/importexportxml&gt;";
        return SoapCall.of(SIMULATOR, "account")
                .send(SoapCall.message(MESSAGES, "PublishXml", SoapCall.parameter("ParameterXml", "c:string", xml)));
    }
}
