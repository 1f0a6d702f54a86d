package io.github.cameldataverse.changes.testkit.webapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.harness.SimulatorTest;
import io.github.cameldataverse.changes.testkit.harness.WebApiClient;
import io.github.cameldataverse.changes.testkit.table.ColumnType;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows that are named by an alternate key, and written whether or not they are there. */
class AlternateKeysTest extends SimulatorTest {
    private static final String ID = "465b158c-541c-e511-80d3-3863bb347ba8";

    @BeforeEach
    void define() {
        SIMULATOR
                .simulator()
                .define(TableSchema.named("new_device")
                        .column("new_name", ColumnType.TEXT)
                        .column("new_serial", ColumnType.TEXT)
                        .column("new_site", ColumnType.WHOLE_NUMBER)
                        .column("_new_ownerid_value", ColumnType.LOOKUP)
                        .alternateKey("new_SerialKey", "new_serial")
                        .alternateKey("new_SiteKey", "new_site", "_new_ownerid_value"));
    }

    @Test
    void definitionsTellTheKeys() {
        JsonNode keys = client().get(
                        "EntityDefinitions(LogicalName='new_device')/Keys?$select=SchemaName,LogicalName,KeyAttributes,EntityKeyIndexStatus")
                .json()
                .get("value");
        assertThat(keys).hasSize(2);
        assertThat(keys.get(1).toString())
                .startsWith(
                        "{\"SchemaName\":\"new_SiteKey\",\"LogicalName\":\"new_sitekey\","
                                + "\"KeyAttributes\":[\"new_site\",\"new_ownerid\"],\"EntityKeyIndexStatus\":\"Active\",\"MetadataId\":");
        JsonNode all = client().get(
                        "EntityDefinitions?$select=LogicalName&$expand=Keys($select=KeyAttributes)&$filter=LogicalName eq 'new_device'")
                .json();
        assertThat(all.at("/value/0/Keys/0/KeyAttributes/0").asText()).isEqualTo("new_serial");
        assertThat(client().get("EntityDefinitions(LogicalName='account')/Keys")
                        .json()
                        .get("value"))
                .isEmpty();
    }

    @Test
    void aRowIsReadByEachOfItsKeysAndByItsIdWithItsName() {
        String id = devices().create(Map.of("new_serial", "O'Neil, 1/2", "new_site", 7, "_new_ownerid_value", ID));
        for (String key : new String[] {
            "new_serial='O''Neil,%201%2F2'",
            "new_site=7,_new_ownerid_value=" + ID,
            "_new_ownerid_value=" + ID + ",new_site=7",
            "new_deviceid=" + id
        }) {
            assertThat(client().get("new_devices(" + key + ")").json().get("new_deviceid"))
                    .as(key)
                    .hasToString("\"" + id + "\"");
        }
    }

    @Test
    void aKeyThatIsNoneAndAKeyWithoutARowAreRefused() {
        WebApiClient.Reply none = client().get("new_devices(new_name='A')");
        assertThat(none.status()).isEqualTo(400);
        assertThat(none.message()).startsWith("The key in the request URI is not valid for resource");
        assertThat(client().get("new_devices(new_site=7)").status()).isEqualTo(400);
        assertThat(client().get("new_devices(new_serial=7)").status()).isEqualTo(400);
        WebApiClient.Reply nobody = client().get("new_devices(new_serial='A')");
        assertThat(nobody.status()).isEqualTo(404);
        assertThat(nobody.code()).isEqualTo("0x80060891");
    }

    @Test
    void aKeyMayBeLongAndFullOfQuotes() {
        String serial = "x".repeat(8000) + "'".repeat(300);
        String id = devices().create(Map.of("new_serial", serial));
        String key = "'" + serial.replace("'", "''") + "'";
        assertThat(client().get("new_devices(new_serial=" + key + ")?$select=new_deviceid")
                        .json()
                        .get("new_deviceid")
                        .asText())
                .isEqualTo(id);
    }

    @Test
    void aPatchCreatesTheRowWithItsKeyAndChangesItTheNextTime() {
        WebApiClient.Reply created = send("PATCH", "new_devices(new_serial='A')", "{\"new_name\":\"First\"}");
        assertThat(created.status()).isEqualTo(204);
        String id = devices().ids().get(0);
        assertThat(created.header("OData-EntityId")).endsWith("/new_devices(" + id + ")");
        assertThat(devices().row(id)).containsEntry("new_serial", "A").containsEntry("new_name", "First");
        send("PATCH", "new_devices(new_serial='A')", "{\"new_name\":\"Second\"}");
        assertThat(devices().size()).isOne();
        assertThat(devices().row(id)).containsEntry("new_name", "Second");
        send("PATCH", "new_devices(" + ID + ")", "{\"new_name\":\"By id\"}");
        assertThat(devices().row(ID)).containsEntry("new_name", "By id");
    }

    @Test
    void withAPreferenceTheRowComesBackAndTheStatusTellsWhatHappened() {
        assertThat(send(
                                "PATCH",
                                "new_devices(new_serial='A')?$select=new_serial",
                                "{}",
                                "Prefer",
                                "return=representation")
                        .status())
                .isEqualTo(201);
        WebApiClient.Reply changed = send(
                "PATCH", "new_devices(new_serial='A')?$select=new_serial", "{}", "Prefer", "return=representation");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("Preference-Applied")).isEqualTo("return=representation");
        assertThat(changed.json().get("new_serial").asText()).isEqualTo("A");
    }

    @Test
    void ifMatchPreventsTheCreateAndIfNoneMatchTheUpdate() {
        assertThat(send("PATCH", "new_devices(" + ID + ")", "{}", "If-Match", "*")
                        .code())
                .isEqualTo("0x80040217");
        assertThat(send("PATCH", "new_devices(new_serial='A')", "{}", "If-Match", "*")
                        .code())
                .isEqualTo("0x80060891");
        assertThat(devices().size()).isZero();
        assertThat(send("PATCH", "new_devices(new_serial='A')", "{}", "If-None-Match", "*")
                        .status())
                .isEqualTo(204);
        WebApiClient.Reply second =
                send("PATCH", "new_devices(new_serial='A')", "{\"new_name\":\"x\"}", "If-None-Match", "*");
        assertThat(second.status()).isEqualTo(412);
        assertThat(second.code()).isEqualTo("0x80040237");
        assertThat(second.message()).isEqualTo("A record with matching key values already exists.");
        assertThat(devices().row(devices().ids().get(0))).containsEntry("new_name", null);
    }

    @Test
    void anOlderVersionIsNeitherChangedNorDeletedAndAKnownOneIsNotSentAgain() {
        String id = devices().create(Map.of("new_serial", "A"));
        String etag = "W/\"" + devices().version(id) + "\"";
        devices().update(id, Map.of("new_name", "Changed by another"));
        for (String method : new String[] {"PATCH", "DELETE"}) {
            WebApiClient.Reply reply = send(method, "new_devices(" + id + ")", "{}", "If-Match", etag);
            assertThat(reply.status()).isEqualTo(412);
            assertThat(reply.code()).isEqualTo("0x80060882");
        }
        String now = "W/\"" + devices().version(id) + "\"";
        assertThat(send("GET", "new_devices(" + id + ")", "", "If-None-Match", now)
                        .status())
                .isEqualTo(304);
        assertThat(send("GET", "new_devices(" + id + ")", "", "If-None-Match", etag)
                        .status())
                .isEqualTo(200);
        assertThat(send("DELETE", "new_devices(" + id + ")", "", "If-Match", now)
                        .status())
                .isEqualTo(204);
    }

    @Test
    void twoRowsCannotHaveOneKeyUnlessAValueIsEmpty() {
        String first = devices().create(Map.of("new_serial", "A", "new_site", 1));
        String second = devices().create(Map.of("new_serial", "B", "new_site", 1));
        WebApiClient.Reply taken = send("PATCH", "new_devices(" + second + ")", "{\"new_serial\":\"A\"}");
        assertThat(taken.status()).isEqualTo(412);
        assertThat(taken.code()).isEqualTo("0x80060892");
        assertThat(send("POST", "new_devices", "{\"new_serial\":\"A\"}").status())
                .isEqualTo(412);
        devices().delete(first);
        devices().update(second, Map.of("new_serial", "A"));
        assertThatThrownBy(() -> devices().restore(first)).hasMessageContaining("new_SerialKey");
        assertThat(devices().size()).isOne();
    }

    @Test
    void aLookupIsBoundByAKeyOfTheOtherTable() {
        String device = devices().create(Map.of("new_serial", "A"));
        SIMULATOR.simulator().define(TableSchema.named("new_visit").column("_new_deviceid_value", ColumnType.LOOKUP));
        assertThat(send("POST", "new_visits", "{\"new_deviceid@odata.bind\":\"/new_devices(new_serial='A')\"}")
                        .status())
                .isEqualTo(204);
        SimulatedTable visits = SIMULATOR.table("new_visit");
        assertThat(visits.row(visits.ids().get(0))).containsEntry("_new_deviceid_value", device);
        assertThat(send("POST", "new_visits", "{\"new_deviceid@odata.bind\":\"/new_devices(new_serial='B')\"}")
                        .code())
                .isEqualTo("0x80060891");
    }

    @Test
    void anUnknownExpandIsRefusedAndAKnownOneIsNotSimulated() {
        String id = accounts().create(Map.of("name", "A"));
        for (String resource : new String[] {"accounts", "accounts(" + id + ")"}) {
            WebApiClient.Reply unknown = client().get(resource + "?$expand=nothing");
            assertThat(unknown.status()).isEqualTo(400);
            assertThat(unknown.message())
                    .isEqualTo("Could not find a property named 'nothing' on type 'Microsoft.Dynamics.CRM.account'.");
            assertThat(client().get(resource + "?$expand=primarycontactid($select=fullname)")
                            .status())
                    .isEqualTo(501);
        }
        assertThat(client().get("EntityDefinitions?$expand=Nothing").status()).isEqualTo(400);
        assertThat(client().get("EntityDefinitions?$expand=Keys($select").status())
                .isEqualTo(400);
    }

    @Test
    void aKeyNeedsColumnsThatTheTableHas() {
        assertThatThrownBy(() -> TableSchema.named("new_x").alternateKey("new_Key", "nothing"))
                .hasMessage("The table new_x has no column nothing");
        assertThatThrownBy(() -> TableSchema.named("new_x").alternateKey("new_Key"))
                .hasMessageContaining("needs a column");
        assertThatThrownBy(() -> devices().definition().without("new_serial")).hasMessageContaining("new_SerialKey");
    }

    private static SimulatedTable devices() {
        return SIMULATOR.table("new_device");
    }

    private static WebApiClient.Reply send(String method, String resource, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(client().api(resource))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return WebApiClient.send(request.build());
    }
}
