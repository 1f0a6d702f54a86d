package io.github.cameldataverse.changes.testkit.webapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldataverse.changes.testkit.harness.SimulatorTest;
import io.github.cameldataverse.changes.testkit.harness.WebApiClient;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import io.github.cameldataverse.changes.testkit.table.TableType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntityDefinitionsTest extends SimulatorTest {
    private static final String WANTED =
            "$select=LogicalName,EntitySetName,PrimaryIdAttribute,ChangeTrackingEnabled,CanChangeTrackingBeEnabled";

    @Test
    void oneDefinitionByItsLogicalName() {
        JsonNode json = client().get("EntityDefinitions(LogicalName='account')?" + WANTED)
                .json();
        String id = json.get("MetadataId").asText();
        assertThat(json.toString())
                .isEqualTo(WebApiClient.json(
                                """
                {"@odata.context":"%s/api/data/v9.2/$metadata#EntityDefinitions(LogicalName,EntitySetName,PrimaryIdAttribute,ChangeTrackingEnabled,CanChangeTrackingBeEnabled)/$entity",
                 "LogicalName":"account","EntitySetName":"accounts","PrimaryIdAttribute":"accountid","ChangeTrackingEnabled":true,
                 "CanChangeTrackingBeEnabled":{"Value":true,"CanBeChanged":true,"ManagedPropertyLogicalName":"canchangetrackingbeenabled"},
                 "MetadataId":"%s"}
                """
                                        .formatted(SIMULATOR.organizationUrl(), id))
                        .toString());
        assertThat(client().get("EntityDefinitions(" + id + ")?$select=LogicalName")
                        .json()
                        .get("LogicalName")
                        .asText())
                .isEqualTo("account");
    }

    @Test
    void aDefinitionTellsWhereTheRowsAreKept() {
        SIMULATOR.simulator().define(TableSchema.named("new_reading").type(TableType.ELASTIC));
        SIMULATOR.simulator().define(TableSchema.named("new_mirror").type(TableType.VIRTUAL));
        List<String> types = new ArrayList<>();
        client().get("EntityDefinitions?$select=LogicalName,TableType")
                .json()
                .get("value")
                .forEach(each -> types.add(each.get("LogicalName").asText() + " "
                        + each.get("TableType").asText()));
        assertThat(types).contains("account Standard", "new_reading Elastic", "new_mirror Virtual");
        assertThat(client().get("EntityDefinitions?$filter=TableType eq 'Elastic'&$select=LogicalName")
                        .json()
                        .get("value"))
                .hasSize(1);
    }

    @Test
    void oneRequestFindsATableByEitherOfItsNames() {
        SIMULATOR.simulator().define(TableSchema.named("opportunity").entitySetName("opportunities"));
        for (String name : List.of("opportunity", "opportunities")) {
            JsonNode value = client().get("EntityDefinitions?$filter=LogicalName eq '" + name
                            + "' or EntitySetName eq '" + name + "'&$select=LogicalName")
                    .json()
                    .get("value");
            assertThat(value).hasSize(1);
            assertThat(value.get(0).get("LogicalName").asText()).isEqualTo("opportunity");
        }
    }

    @Test
    void whatIsUnknownIsRefused() {
        WebApiClient.Reply table = client().get("EntityDefinitions(LogicalName='nothing')");
        assertThat(table.status()).isEqualTo(404);
        assertThat(table.message()).startsWith("Could not find an entity with name nothing and id ");
        WebApiClient.Reply member = client().get("EntityDefinitions?$select=Nothing");
        assertThat(member.status()).isEqualTo(400);
        assertThat(member.message()).startsWith("Could not find a property named 'Nothing'");
        assertThat(client().get("EntityDefinitions?$filter=LogicalName like 'a'")
                        .status())
                .isEqualTo(400);
        assertThat(client().get("EntityDefinitions(nothing)").status()).isEqualTo(404);
        assertThat(client().get("organizations?$select=nothing").status()).isEqualTo(400);
    }

    @Test
    void aQuoteInAFilterIsAQuoteAndNothingElse() {
        JsonNode value = client().get(
                        "EntityDefinitions?$filter=LogicalName eq 'a''b or c' or LogicalName eq 'contact'")
                .json()
                .get("value");
        assertThat(value).hasSize(1);
    }

    @Test
    void attributesTellNameTypeAndWhetherAColumnCanBeRead() {
        JsonNode value = client().get(
                        "EntityDefinitions(LogicalName='account')/Attributes?$select=LogicalName,AttributeType,IsValidForRead")
                .json()
                .get("value");
        assertThat(value).hasSize(57);
        List<String> types = new ArrayList<>();
        value.forEach(each -> types.add(each.get("LogicalName").asText() + " "
                + each.get("AttributeType").asText()));
        assertThat(types)
                .contains(
                        "revenue Money",
                        "primarycontactid Lookup",
                        "accountid Uniqueidentifier",
                        "versionnumber BigInt");
    }

    @Test
    void theServiceDocumentNamesTheEntitySets() {
        JsonNode json = client().get("").json();
        assertThat(json.get("value").get(0))
                .isEqualTo(WebApiClient.json("{\"name\":\"accounts\",\"kind\":\"EntitySet\",\"url\":\"accounts\"}"));
        assertThat(client().get("WhoAmI").json().has("UserId")).isTrue();
    }

    @Test
    void annotationsMayBePreferredInPlaceOfAskedForInTheQuery() {
        assertThat(client().get("$metadata", "odata.include-annotations=\"*\"").body())
                .contains("Org.OData.Capabilities.V1.ChangeTracking");
    }
}
