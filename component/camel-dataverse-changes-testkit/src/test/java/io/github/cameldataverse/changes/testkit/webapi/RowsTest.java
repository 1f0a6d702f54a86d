package io.github.cameldataverse.changes.testkit.webapi;

import static io.github.cameldataverse.changes.testkit.harness.WebApiClient.TRACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldataverse.changes.testkit.harness.SimulatorTest;
import io.github.cameldataverse.changes.testkit.harness.WebApiClient;
import io.github.cameldataverse.changes.testkit.table.ColumnType;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowsTest extends SimulatorTest {
    private static final String CONTACT = "465b158c-541c-e511-80d3-3863bb347ba8";

    @Test
    void everyTypeOfValueIsSentAsThePlatformSendsIt() {
        String id = accounts()
                .create(Map.of(
                        "name",
                        "Types",
                        "revenue",
                        new BigDecimal("12.3400"),
                        "numberofemployees",
                        7L,
                        "creditonhold",
                        true,
                        "industrycode",
                        6,
                        "new_interests",
                        "1,2,3",
                        "_primarycontactid_value",
                        UUID.fromString(CONTACT),
                        "new_customersince",
                        LocalDate.of(2024, 1, 31),
                        "lastonholdtime",
                        OffsetDateTime.parse("2024-01-31T12:11:12.999+02:00"),
                        "description",
                        "a\n\"b\""));
        String body = client().get(
                        "accounts(" + id + ")?$select=revenue,revenue_base,numberofemployees,creditonhold,"
                                + "industrycode,new_interests,_primarycontactid_value,new_customersince,lastonholdtime,description")
                .body();
        assertThat(body)
                .endsWith("\"revenue\":12.3400,\"revenue_base\":12.3400,\"numberofemployees\":7,"
                        + "\"creditonhold\":true,\"industrycode\":6,\"new_interests\":\"1,2,3\",\"_primarycontactid_value\":\""
                        + CONTACT
                        + "\",\"new_customersince\":\"2024-01-31\",\"lastonholdtime\":\"2024-01-31T10:11:12Z\","
                        + "\"description\":\"a\\n\\\"b\\\"\",\"accountid\":\"" + id + "\"}");
        assertThat(accounts().row(id))
                .containsEntry("revenue", new BigDecimal("12.3400"))
                .containsEntry("numberofemployees", 7)
                .containsEntry("_primarycontactid_value", CONTACT)
                .containsEntry("new_customersince", LocalDate.of(2024, 1, 31))
                .containsEntry("lastonholdtime", Instant.parse("2024-01-31T10:11:12Z"))
                .containsEntry("fax", null);
    }

    @Test
    void withoutASelectionARowHasAllFiftySevenColumnsTheEtagFirstAndTheIdLast() {
        String id = accounts().create(Map.of("name", "All"));
        List<String> names = client().get("accounts", TRACK).json().at("/value/0").properties().stream()
                .map(Map.Entry::getKey)
                .toList();
        assertThat(names).hasSize(58).startsWith("@odata.etag", "name").endsWith("versionnumber", "accountid");
        assertThat(accounts().row(id)).hasSize(57);
    }

    @Test
    void theServiceMaintainsStateTimesAndVersion() {
        SIMULATOR.clock().freeze(Instant.parse("2026-01-01T00:00:00.5Z"));
        String id = accounts().create(Map.of("name", "Kept"));
        SIMULATOR.clock().freeze(Instant.parse("2026-01-02T00:00:00Z"));
        accounts().update(id, Map.of("statecode", 1));
        assertThat(accounts().row(id))
                .containsEntry("statecode", 1)
                .containsEntry("statuscode", 2)
                .containsEntry("createdon", Instant.parse("2026-01-01T00:00:00Z"))
                .containsEntry("modifiedon", Instant.parse("2026-01-02T00:00:00Z"))
                .containsEntry("versionnumber", accounts().version(id));
        Map<String, Object> emptied = new HashMap<>();
        emptied.put("name", null);
        accounts().update(id, emptied);
        assertThat(accounts().row(id)).containsEntry("name", null).containsEntry("statecode", 1);
    }

    @Test
    void versionsAreBeyondThirtyTwoBitsRiseOverAllTablesAndHaveGaps() {
        long first = accounts().version(accounts().create(Map.of("name", "A")));
        long second =
                SIMULATOR.table("contact").version(SIMULATOR.table("contact").create(Map.of("fullname", "B")));
        long third = accounts().version(accounts().create(Map.of("name", "C")));
        assertThat(first).isGreaterThan(1L << 32);
        assertThat(second).isGreaterThan(first);
        assertThat(third - first).isGreaterThan(2);
        SIMULATOR.simulator().versions().next(919042);
        assertThat(accounts().version(accounts().create(Map.of("name", "D")))).isEqualTo(919042);
    }

    @Test
    void theSelectionDecidesTheOrderAndKeepsTheIdWhereItIsAskedFor() {
        accounts().create(Map.of("name", "Order"));
        JsonNode row = client().get("accounts?$select=fax, accountid,name", TRACK)
                .json()
                .at("/value/0");
        assertThat(row.properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("@odata.etag", "fax", "accountid", "name");
    }

    @Test
    void whatIsUnknownIsRefusedAsThePlatformDoes() {
        WebApiClient.Reply set = client().get("foos?$select=a", TRACK);
        assertThat(set.status()).isEqualTo(404);
        assertThat(set.code()).isEqualTo("0x80060888");
        assertThat(set.message()).isEqualTo("Resource not found for the segment 'foos'.");
        WebApiClient.Reply column = client().get("accounts?$select=name,primarycontactid", TRACK);
        assertThat(column.status()).isEqualTo(400);
        assertThat(column.message())
                .isEqualTo(
                        "Could not find a property named 'primarycontactid' on type 'Microsoft.Dynamics.CRM.account'.");
        WebApiClient.Reply row = client().get("accounts(" + CONTACT + ")");
        assertThat(row.status()).isEqualTo(404);
        assertThat(row.code()).isEqualTo("0x80040217");
        assertThat(row.message()).endsWith("With Id = " + CONTACT + " Does Not Exist");
        assertThat(client().get("accounts/$count?$deltatoken=x").code()).isEqualTo("0x80040203");
        assertThat(WebApiClient.get(URI.create(SIMULATOR.organizationUrl() + "/elsewhere"))
                        .status())
                .isEqualTo(404);
        assertThat(client().get("accounts?$filter=name eq 'a'").status()).isEqualTo(501);
    }

    @ParameterizedTest
    @ValueSource(strings = {"919042!13/22/2017 08:10:44", "919042", "x!08/22/2017 08:10:44", "%3Cscript%3E", ""})
    void aTokenThatIsNoneIsRefused(String token) {
        assertThat(client().get("accounts?$deltatoken=" + token).code()).isEqualTo("0x80040203");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!08/22/2017 08:10:44",
                "%2108%2f22%2f2017%2008%3a10%3a44",
                "%2108%2F22%2F2017%2008%3A10%3A44",
                "!08/22/2017+08:10:44"
            })
    void aTokenIsReadHoweverItIsEncoded(String token) {
        SIMULATOR.clock().freeze(Instant.parse("2017-08-23T00:00:00Z"));
        long version = SIMULATOR.simulator().versions().last();
        createAccounts(1);
        assertThat(client().get("accounts?$select=name&$deltatoken=" + version + token)
                        .json()
                        .get("value"))
                .hasSize(1);
    }

    @Test
    void annotationsComeBeforeTheirPropertyAndTotalsInTheEnvelope() {
        accounts()
                .create(Map.of(
                        "name", "A", "industrycode", 6, "_primarycontactid_value", CONTACT, "creditonhold", true));
        String select = "accounts?$select=industrycode,creditonhold,_primarycontactid_value,_parentaccountid_value";
        String body =
                client().get(select, TRACK + ",odata.include-annotations=\"*\"").body();
        assertThat(body)
                .contains(
                        "\"industrycode@OData.Community.Display.V1.FormattedValue\":\"Business Services\",\"industrycode\":6");
        assertThat(body)
                .contains("\"creditonhold@OData.Community.Display.V1.FormattedValue\":\"Yes\",\"creditonhold\":true");
        assertThat(body)
                .contains(
                        "\"_primarycontactid_value@Microsoft.Dynamics.CRM.lookuplogicalname\":\"contact\",\"_primary");
        assertThat(body)
                .contains("\"@Microsoft.Dynamics.CRM.totalrecordcount\":-1,")
                .doesNotContain("_parentaccountid_value@");
        assertThat(body).contains("@odata.deltaLink");
        String some = client().get(select, TRACK, "odata.include-annotations=\"Microsoft.Dynamics.CRM.*\"")
                .body();
        assertThat(some).contains("lookuplogicalname").doesNotContain("FormattedValue");
        assertThat(client().get("accounts?$select=x", "odata.include-annotations=\"*\"")
                        .body())
                .contains("HelpLink");
    }

    @Test
    void badWritesAreRefusedWithASentence() {
        String id = accounts().create(Map.of("name", "There"));
        refused(() -> accounts().create(Map.of("nome", "x")), "The table account has no column 'nome'");
        refused(
                () -> accounts().create(Map.of("revenue", "much")),
                "revenue of account is of type MONEY and cannot hold 'much'");
        refused(() -> accounts().create(Map.of("creditonhold", "yes")), "is of type YES_NO and cannot hold 'yes'");
        refused(() -> accounts().create(Map.of("versionnumber", 1)), "versionnumber is the row version");
        refused(() -> accounts().create(id, Map.of()), "already has a row with the id " + id);
        refused(() -> accounts().create("1-1-1-1-1", Map.of()), "'1-1-1-1-1' is not a GUID");
        refused(() -> accounts().update(CONTACT, Map.of()), "has no row with the id " + CONTACT);
        refused(() -> accounts().delete(CONTACT), "has no row with the id " + CONTACT);
        refused(() -> accounts().restore(id), "only a deleted row can be restored");
        refused(() -> accounts().version(CONTACT), "has no row with the id");
        refused(() -> SIMULATOR.table("lead"), "There is no table 'lead' in the simulator; there are account, contact");
        refused(() -> TableSchema.named("Bad Name"), "'Bad Name' is not a logical name");
        assertThat(accounts().size()).isEqualTo(1);
    }

    @Test
    void aTableDefinedAnewKeepsItsRowsAndTheirVersions() {
        TableSchema wide =
                TableSchema.named("new_thing").column("new_a", ColumnType.TEXT).column("new_b", ColumnType.TEXT);
        SIMULATOR.simulator().define(wide);
        String id = SIMULATOR.table("new_thing").create(Map.of("new_a", "A", "new_b", "B"));
        long version = SIMULATOR.table("new_thing").version(id);
        URI delta = URI.create(client().get("new_things?$select=new_a,new_b", TRACK)
                .json()
                .get("@odata.deltaLink")
                .asText());
        SIMULATOR.simulator().define(wide.without("new_b").column("new_c", ColumnType.DECIMAL));
        assertThat(SIMULATOR.table("new_thing").row(id))
                .containsEntry("new_a", "A")
                .containsEntry("new_c", null)
                .doesNotContainKey("new_b");
        assertThat(SIMULATOR.table("new_thing").version(id)).isEqualTo(version);
        assertThat(WebApiClient.get(delta).message()).startsWith("Could not find a property named 'new_b'");
    }

    @Test
    void aBareTableHasOnlyItsOwnColumns() {
        SIMULATOR.simulator().define(TableSchema.named("new_bare").bare().columns(Map.of("new_name", ColumnType.TEXT)));
        String id = SIMULATOR.table("new_bare").create(Map.of("new_name", "Bare"));
        assertThat(SIMULATOR.table("new_bare").row(id)).containsOnlyKeys("new_name", "new_bareid");
    }

    @Test
    void everyStringSurvivesAsItIs() {
        String odd = "\u0000\u001f \"\\/ <\u2028> \uD83D\uDE00 \uD800 \uDC00";
        String id = accounts().create(Map.of("name", odd));
        assertThat(accounts().row(id)).containsEntry("name", odd);
        assertThat(client().get("accounts(" + id + ")?$select=name")
                        .json()
                        .get("name")
                        .asText())
                .isEqualTo(odd);
    }

    @Test
    void aLongSelectionIsTaken() {
        String select = "name" + ",name".repeat(6000);
        URI uri = client().api("accounts?$select=" + select);
        assertThat(uri.toString()).hasSizeGreaterThan(30_000);
        assertThat(WebApiClient.get(uri, TRACK).status()).isEqualTo(200);
    }

    private static void refused(ThrowingCallable write, String sentence) {
        assertThatThrownBy(write).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(sentence);
    }
}
