package io.github.cameldataverse.changes.testkit.documented;

import static io.github.cameldataverse.changes.testkit.harness.WebApiClient.TRACK;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldataverse.changes.testkit.harness.SimulatorTest;
import io.github.cameldataverse.changes.testkit.harness.WebApiClient;
import io.github.cameldataverse.changes.testkit.harness.WireReference;
import io.github.cameldataverse.changes.testkit.switches.CallerRights;
import io.github.cameldataverse.changes.testkit.table.ColumnType;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every HTTP example of the current documentation, from tables and rows made through the simulator's own API. */
class DocumentCurrentExamplesTest extends SimulatorTest {
    private static final String SELECT = "$select=name,accountnumber,telephone1,fax";
    private static final String TOKEN = "$deltatoken=919042%2108%2f22%2f2017%2008%3a10%3a44";
    private static final String MONTE = "60c4e274-0d87-e711-80e5-00155db19e6d";
    private static final String DELETED = "2e451703-c686-e711-80e5-00155db19e6d";

    @BeforeEach
    void makeTheTablesAndTheAccountOfTheExamples() {
        SIMULATOR
                .simulator()
                .define(TableSchema.named("audit").schemaName("Audit").entitySetName("audits"));
        SIMULATOR
                .simulator()
                .define(TableSchema.named("new_project")
                        .schemaName("new_Project")
                        .custom(true));
        SIMULATOR
                .simulator()
                .define(TableSchema.named("new_plan")
                        .schemaName("new_Plan")
                        .custom(true)
                        .tracked(false));
        SIMULATOR
                .simulator()
                .define(TableSchema.named("workflowlog")
                        .schemaName("WorkflowLog")
                        .tracked(false)
                        .canBeTracked(false));
        SIMULATOR.clock().freeze(Instant.parse("2017-08-22T08:10:44Z"));
        SIMULATOR.simulator().versions().next(915244);
        accounts().create(MONTE, Map.of("name", "Monte Orton", "telephone1", "555000", "fax", "10101"));
        SIMULATOR.simulator().versions().advanceTo(919042);
    }

    @Test
    @WireReference("current-6")
    void tablesWithChangeTrackingEnabled() {
        WebApiClient.Reply reply =
                client().get("EntityDefinitions?$select=SchemaName&$filter=ChangeTrackingEnabled eq true");
        assertThat(reply.json().get("@odata.context").asText())
                .isEqualTo(
                        client().api("$metadata#EntityDefinitions(SchemaName)").toString());
        assertThat(texts(reply, "SchemaName")).containsExactly("Account", "Contact", "Audit", "new_Project");
        assertThat(reply.json().get("value").get(0).properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("SchemaName", "MetadataId");
    }

    @Test
    @WireReference("current-7")
    void systemTablesWithChangeTrackingEnabled() {
        WebApiClient.Reply reply = client().get(
                        "EntityDefinitions?$filter=ChangeTrackingEnabled eq true and IsCustomEntity eq false&$select=LogicalName");
        assertThat(texts(reply, "LogicalName")).containsExactly("account", "contact", "audit");
    }

    @Test
    @WireReference({"current-8", "current-9", "current-10", "2021-3"})
    void metadataWithAnnotations() {
        String xml = client().get("$metadata?annotations=true").body();
        assertThat(entitySet(xml, "audits"))
                .isEqualToIgnoringWhitespace(
                        """
                <EntitySet Name="audits" EntityType="Microsoft.Dynamics.CRM.audit">
                <Annotation Term="Org.OData.Capabilities.V1.ChangeTracking">
                   <Record>
                         <PropertyValue Property="Supported" Bool="true" />
                   </Record>
                </Annotation>
                </EntitySet>
                """);
        assertThat(xml).contains("<EntitySet Name=\"new_plans\" EntityType=\"Microsoft.Dynamics.CRM.new_plan\" />");
        assertThat(client().get("$metadata").body()).doesNotContain("Annotation");
    }

    @Test
    @WireReference({"current-11", "current-12"})
    void tablesThatCannotBeEnabled() {
        WebApiClient.Reply reply = client().get("EntityDefinitions?$select=SchemaName,ChangeTrackingEnabled"
                + "&$filter=ChangeTrackingEnabled eq false and CanChangeTrackingBeEnabled/Value eq false");
        assertThat(texts(reply, "SchemaName")).containsExactly("WorkflowLog");
        assertThat(reply.json().get("value").get(0).get("ChangeTrackingEnabled").asBoolean())
                .isFalse();
    }

    @Test
    @WireReference({"current-13", "current-18", "current-19"})
    void retrieveChangesInitialRequest() {
        WebApiClient.Reply reply = asInTheDocument("accounts?" + SELECT, "Prefer", TRACK);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("OData-Version")).isEqualTo("4.0");
        assertThat(reply.header("Preference-Applied")).isEqualTo("odata.track-changes");
        assertSame(
                reply,
                """
                {
                  "@odata.context":"[Organization URI]/api/data/v9.0/$metadata#accounts(name,accountnumber,telephone1,fax)",
                  "@odata.deltaLink":"[Organization URI]/api/data/v9.0/accounts?$select=name,accountnumber,telephone1,fax&$deltatoken=919042%2108%2f22%2f2017%2008%3a10%3a44",
                  "value":[
                    {
                      "@odata.etag":"W/\\"915244\\"",
                      "name":"Monte Orton",
                      "accountnumber":null,
                      "telephone1":"555000",
                      "fax":"10101",
                      "accountid":"60c4e274-0d87-e711-80e5-00155db19e6d"
                    }
                  ]
                }
                """);
    }

    /** The three slips of the sample are those of the older document; see there. They are not imitated. */
    @Test
    @WireReference({"current-14", "current-16", "current-20", "current-21", "current-22", "current-23"})
    void retrieveChangesDeltaRequest() {
        changeAsInTheExample();
        WebApiClient.Reply reply = asInTheDocument("accounts?" + SELECT + "&" + TOKEN, "OData-MaxVersion", "4.0");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("OData-Version")).isEqualTo("4.0");
        assertSame(
                reply,
                """
                {
                  "@odata.context":"[Organization URI]/api/data/v9.0/$metadata#accounts(name,accountnumber,telephone1,fax)/$delta",
                  "@odata.deltaLink":"[Organization URI]/api/data/v9.0/accounts?$select=name,accountnumber,telephone1,fax&$deltatoken=919058%2108%2f22%2f2017%2008%3a21%3a20",
                  "value":[
                    {
                      "@odata.etag":"W/\\"919050\\"",
                      "name":"Monte Orton",
                      "accountnumber":null,
                      "telephone1":"555000",
                      "fax":"10101",
                      "accountid":"60c4e274-0d87-e711-80e5-00155db19e6d"
                    },
                    {
                      "@odata.context":"[Organization URI]/api/data/v9.0/$metadata#accounts/$deletedEntity",
                      "id":"2e451703-c686-e711-80e5-00155db19e6d",
                      "reason":"deleted"
                    }
                  ]
                }
                """);
    }

    @Test
    @WireReference({"current-25", "current-47"})
    void retrieveCountOfTheChanges() {
        changeAsInTheExample();
        WebApiClient.Reply reply = asInTheDocument("accounts/$count?" + TOKEN, "OData-MaxVersion", "4.0");
        assertThat(reply.header("OData-Version")).isEqualTo("4.0");
        assertThat(reply.body()).isEqualTo("\uFEFF2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"filter", "orderby", "expand", "top"})
    @WireReference({"current-26", "current-27"})
    void queryOptionsThatAreNotSupportedAreRefused(String option) {
        WebApiClient.Reply reply = asInTheDocument("accounts?$" + option + "=1", "Prefer", TRACK);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.message())
                .isEqualTo("The \"$" + option + "\" query parameter isn't supported when Change Tracking is enabled.");
    }

    @Test
    @WireReference({"current-34", "current-36"})
    void changesOlderThanSevenDaysAreAnException() {
        SIMULATOR.clock().advance(Duration.ofDays(7));
        String late = accounts().create(Map.of("name", "Late"));
        JsonNode changes = asInTheDocument("accounts?" + TOKEN, "OData-MaxVersion", "4.0")
                .json()
                .get("value");
        assertThat(changes).hasSize(1);
        assertThat(changes.get(0).get("accountid").asText()).isEqualTo(late);
        SIMULATOR.clock().advance(Duration.ofSeconds(1));
        WebApiClient.Reply reply = asInTheDocument("accounts?" + TOKEN, "OData-MaxVersion", "4.0");
        assertThat(reply.code()).isEqualTo("0x80044352");
        assertThat(reply.message())
                .isEqualTo("Version stamp associated with the client has expired. Please perform a full sync.");
    }

    @Test
    @WireReference("current-35")
    void theNumberOfDaysIsAColumnOfTheOrganizationAndCanBeChanged() {
        SIMULATOR.switches().expireChangeTrackingInDays(30);
        SIMULATOR.clock().advance(Duration.ofDays(29));
        assertThat(asInTheDocument("accounts?" + TOKEN, "OData-MaxVersion", "4.0")
                        .status())
                .isEqualTo(200);
        JsonNode organization =
                client().get("organizations?$select=expirechangetrackingindays").json();
        assertThat(organization.at("/value/0/expirechangetrackingindays").asInt())
                .isEqualTo(30);
    }

    @Test
    @WireReference("current-37")
    void aRecordCreatedAndDeletedBetweenTwoQueriesIsADeletedItem() {
        accounts().create(DELETED, Map.of("name", "Short"));
        accounts().delete(DELETED);
        JsonNode value = asInTheDocument("accounts?" + TOKEN, "OData-MaxVersion", "4.0")
                .json()
                .get("value");
        assertThat(value).hasSize(1);
        assertThat(value.get(0).get("id").asText()).isEqualTo(DELETED);
    }

    @Test
    @WireReference({"current-42", "current-43"})
    void aCallerWithoutOrganizationLevelReadAccessIsRefused() {
        SIMULATOR.switches().caller(CallerRights.USER_READ);
        WebApiClient.Reply reply = asInTheDocument("accounts?" + SELECT, "Prefer", TRACK);
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.code()).isEqualTo("0x80040220");
        assertThat(reply.message()).contains("PrivilegeName: prvReadAccount", "Required Depth: Global");
        assertThat(client().get("accounts").status()).isEqualTo(200);
    }

    @Test
    void aTableDefinedHereHasTheColumnsThatTheServiceMaintains() {
        SIMULATOR.simulator().define(TableSchema.named("new_project").column("new_name", ColumnType.TEXT));
        String id = SIMULATOR.table("new_project").create(Map.of("new_name", "Bridge"));
        assertThat(SIMULATOR.table("new_project").row(id))
                .containsEntry("new_name", "Bridge")
                .containsEntry("statecode", 0)
                .containsEntry("createdon", Instant.parse("2017-08-22T08:10:44Z"));
    }

    private static void changeAsInTheExample() {
        SIMULATOR.simulator().versions().next(919050);
        accounts().update(MONTE, Map.of("name", "Monte Orton"));
        accounts().create(DELETED, Map.of("name", "Deleted in the example"));
        accounts().delete(DELETED);
        SIMULATOR.simulator().versions().advanceTo(919058);
        SIMULATOR.clock().freeze(Instant.parse("2017-08-22T08:21:20Z"));
    }

    /** With the headers that the document shows, and one more. */
    private static WebApiClient.Reply asInTheDocument(String resource, String header, String value) {
        return WebApiClient.send(
                HttpRequest.newBuilder(URI.create(SIMULATOR.organizationUrl() + "/api/data/v9.0/" + resource))
                        .header("OData-Version", "4.0")
                        .header("Content-Type", "application/json")
                        .header(header, value)
                        .build());
    }

    private static void assertSame(WebApiClient.Reply reply, String expected) {
        String own = expected.replace(
                "[Organization URI]", SIMULATOR.organizationUrl().toString());
        assertThat(reply.body()).isEqualTo(WebApiClient.json(own).toString());
    }

    private static List<String> texts(WebApiClient.Reply reply, String member) {
        List<String> texts = new ArrayList<>();
        reply.json().get("value").forEach(each -> texts.add(each.get(member).asText()));
        return texts;
    }

    private static String entitySet(String xml, String name) {
        int from = xml.indexOf("<EntitySet Name=\"" + name + "\"");
        return xml.substring(from, xml.indexOf("</EntitySet>", from) + "</EntitySet>".length());
    }
}
