package io.github.cameldataverse.changes.internal.orgservice;

import static io.github.cameldataverse.changes.internal.orgservice.SampleEnvelopes.ID;
import static io.github.cameldataverse.changes.internal.orgservice.SampleEnvelopes.attribute;
import static io.github.cameldataverse.changes.internal.orgservice.SampleEnvelopes.body;
import static io.github.cameldataverse.changes.internal.orgservice.SampleEnvelopes.context;
import static io.github.cameldataverse.changes.internal.orgservice.SampleEnvelopes.contract;
import static io.github.cameldataverse.changes.internal.orgservice.SampleEnvelopes.guid;
import static io.github.cameldataverse.changes.internal.orgservice.SampleEnvelopes.lastPage;
import static io.github.cameldataverse.changes.internal.orgservice.SampleEnvelopes.query;
import static io.github.cameldataverse.changes.internal.orgservice.SampleEnvelopes.reference;
import static io.github.cameldataverse.changes.internal.orgservice.SampleEnvelopes.simple;
import static io.github.cameldataverse.changes.internal.orgservice.SampleEnvelopes.upsert;
import static io.github.cameldataverse.changes.internal.orgservice.SampleEnvelopes.upsertOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.source.MalformedPageException;
import io.github.cameldataverse.changes.internal.source.TrackingQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowWriterTest {

    private static final String CONTACT = "465b158c-541c-e511-80d3-3863bb347ba8";
    private static final String JANE = attribute("primarycontactid", reference(CONTACT, "contact", "Jane"));
    private static final String NAME = attribute("name", simple("string", "Contoso"));
    private static final String KEY = attribute("accountid", guid(ID));

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            delimiter = ';',
            value = {
                "string; |a \"b\" \\ &#xD;&#xA; &lt;|; |\"a \\\"b\\\" \\\\ \\r\\n <\"|",
                "int; -2147483648; -2147483648",
                "int; +7; 7",
                "long; 9007199254740993; 9007199254740993",
                "boolean; true; true",
                "boolean; 0; false",
                "decimal; 1.0000000000; 1.0000000000",
                "decimal; -.5; -0.5",
                "decimal; 79228162514264337593543950335; 79228162514264337593543950335",
                "double; 1.5; 1.5",
                "double; 1.7976931348623157E308; 1.7976931348623157E+308",
                "double; 1e9999; 1E+9999",
                "dateTime; 2025-11-05T20:47:30Z; |\"2025-11-05T20:47:30Z\"|",
                "dateTime; 2025-11-05T21:47:30+01:00; |\"2025-11-05T20:47:30Z\"|",
                "dateTime; 2025-11-05T20:47:00; |\"2025-11-05T20:47:00Z\"|",
                "base64Binary; |AQ ID|; |\"AQID\"|"
            })
    @ProvesFault({"D5", "D6"})
    void aSimpleValueIsWrittenAsTheWebApiWritesIt(String type, String text, String json) throws Exception {
        assertThat(row(query("", "x"), attribute("x", simple(type, text)))).contains("\"x\":" + json + ",");
    }

    /** A time of day is never dropped, whatever the definitions say. */
    @ParameterizedTest
    @CsvSource({
        "day, 2025-11-05T00:00:00Z, 2025-11-05",
        "day, 2025-11-05T00:00:00, 2025-11-05",
        "day, 2025-11-05T05:30:00Z, 2025-11-05T05:30:00Z",
        "moment, 2025-11-05T00:00:00Z, 2025-11-05T00:00:00Z",
        "undefined, 2025-11-05T00:00:00Z, 2025-11-05T00:00:00Z"
    })
    void aDayIsToldFromAMomentByItsDefinition(String column, String served, String written) throws Exception {
        assertThat(row(query("", column), attribute(column, simple("dateTime", served))))
                .contains("\"" + column + "\":\"" + written + "\",");
    }

    @ParameterizedTest
    @CsvSource({
        "int, 1.5",
        "int, 9223372036854775808",
        "boolean, yes",
        "decimal, 1e5",
        "decimal, NaN",
        "double, INF",
        "double, 1e99999",
        "double, 0x1p3",
        "dateTime, 2025-13-01T00:00:00Z",
        "dateTime, yesterday"
    })
    @ProvesFault("D4")
    void aValueThatIsNoneOfItsTypeIsRefusedWithoutSayingIt(String type, String text) {
        assertThatThrownBy(() -> row(query("", "x"), attribute("x", simple(type, text))))
                .isInstanceOf(MalformedPageException.class)
                .hasMessage("Change 0: The column x has a value that is none of its type " + type)
                .hasNoCause();
    }

    @Test
    void aNumberHasAnEnd() {
        assertThatThrownBy(() -> row(query("", "x"), attribute("x", simple("decimal", "1".repeat(201)))))
                .isInstanceOf(MalformedPageException.class);
    }

    @Test
    void theTypesOfThePlatformBecomeWhatTheWebApiHas() throws Exception {
        String row = row(
                query(""),
                attribute("state", contract("OptionSetValue", "<a:Value>1</a:Value>")),
                attribute(
                        "several",
                        contract(
                                "OptionSetValueCollection",
                                "<a:OptionSetValue><a:Value>1</a:Value></a:OptionSetValue>"
                                        + "<a:OptionSetValue><a:Value>20</a:Value></a:OptionSetValue>")),
                attribute("none", contract("OptionSetValueCollection", "")),
                attribute(
                        "of9",
                        "<b:value i:type=\"n:OptionSetValueCollection\""
                                + " xmlns:n=\"http://schemas.microsoft.com/xrm/9.0/Contracts\">"
                                + "<n:OptionSetValue><a:Value>1</a:Value></n:OptionSetValue>"
                                + "<n:OptionSetValue><a:Value>30</a:Value></n:OptionSetValue></b:value>"),
                attribute(
                        "none9",
                        "<b:value i:type=\"n:OptionSetValueCollection\""
                                + " xmlns:n=\"http://schemas.microsoft.com/xrm/9.0/Contracts\"/>"),
                attribute("revenue", contract("Money", "<a:Value>10.0000</a:Value>")),
                attribute("address1_addressid", guid(CONTACT.toUpperCase(java.util.Locale.ROOT))),
                JANE,
                attribute(
                        "to", contract("EntityCollection", "<a:Entities/><a:EntityName>activityparty</a:EntityName>")),
                attribute(
                        "iscustomizable",
                        contract(
                                "BooleanManagedProperty",
                                "<a:CanBeChanged>false</a:CanBeChanged><a:ManagedPropertyLogicalName>p"
                                        + "</a:ManagedPropertyLogicalName><a:Value>true</a:Value>")),
                KEY,
                attribute("nothing", "<b:value i:nil=\"true\"/>"));

        assertThat(row)
                .isEqualTo(
                        "{\"@odata.etag\":\"W/\\\"2818070\\\"\",\"state\":1,\"several\":\"1,20\",\"none\":null,\"of9\":\"1,30\",\"none9\":null,"
                                + "\"revenue\":10.0000,\"address1_addressid\":\"" + CONTACT
                                + "\",\"_primarycontactid_value\":\""
                                + CONTACT + "\",\"iscustomizable\":{\"Value\":true,\"CanBeChanged\":false,"
                                + "\"ManagedPropertyLogicalName\":\"p\"},\"accountid\":\"" + ID
                                + "\",\"nothing\":null}");
    }

    @Test
    void theSelectedColumnsStandInTheirOrderWithNullWhereThereIsNoValueAndThePrimaryIdAtTheEnd() throws Exception {
        TrackingQuery query = query("", "telephone1", "_primarycontactid_value", "_ownerid_value", "name");

        assertThat(row(query, KEY, NAME, JANE))
                .isEqualTo("{\"@odata.etag\":\"W/\\\"2818070\\\"\",\"telephone1\":null,\"_primarycontactid_value\":\""
                        + CONTACT + "\",\"_ownerid_value\":null,\"name\":\"Contoso\",\"accountid\":\"" + ID + "\"}");
    }

    @Test
    void aSelectedPrimaryIdStandsWhereItWasSelected() throws Exception {
        assertThat(row(query("", "accountid", "name"), NAME, KEY))
                .endsWith("\"accountid\":\"" + ID + "\",\"name\":\"Contoso\"}");
    }

    @Test
    void annotationsStandBeforeTheirColumn() throws Exception {
        String formatted =
                "<a:FormattedValues><a:KeyValuePairOfstringstring><b:key>statecode</b:key><b:value>Active</b:value>"
                        + "</a:KeyValuePairOfstringstring></a:FormattedValues>";
        String state = attribute("statecode", contract("OptionSetValue", "<a:Value>0</a:Value>"));
        String item = upsertOf(ID, "1", formatted, state, JANE);
        String format = "@OData.Community.Display.V1.FormattedValue\":\"";

        assertThat(rowOf(query("*", "statecode", "_primarycontactid_value"), item))
                .isEqualTo("{\"@odata.etag\":\"W/\\\"1\\\"\",\"statecode" + format + "Active\",\"statecode\":0,"
                        + "\"_primarycontactid_value" + format + "Jane\","
                        + "\"_primarycontactid_value@Microsoft.Dynamics.CRM.lookuplogicalname\":\"contact\","
                        + "\"_primarycontactid_value\":\"" + CONTACT + "\",\"accountid\":\"" + ID + "\"}");
        assertThat(rowOf(query("OData.Community.Display.V1.FormattedValue", "statecode"), item))
                .contains("Active")
                .doesNotContain("lookuplogicalname");
        assertThat(rowOf(query("Microsoft.Dynamics.CRM.lookuplogicalname"), item))
                .contains("lookuplogicalname")
                .doesNotContain("Active");
    }

    @Test
    void aSelectionThatNamesAColumnOfAnotherKindIsRefused() {
        assertThatThrownBy(() -> row(query("", "primarycontactid"), JANE))
                .isInstanceOf(ServiceFault.Permanent.class)
                .hasMessage(
                        "The column primarycontactid in the option select is a lookup; write _primarycontactid_value");
        assertThatThrownBy(() -> row(query("", "_name_value"), NAME))
                .isInstanceOf(ServiceFault.Permanent.class)
                .hasMessage("The column _name_value in the option select is no lookup; write name");
        assertThatThrownBy(() -> row(query("", "to"), attribute("to", contract("EntityCollection", ""))))
                .isInstanceOf(ServiceFault.Permanent.class)
                .hasMessageContaining("is a list of parties");
    }

    @Test
    void aTypeThatIsNotKnownIsNotLeftOutInSilence() {
        for (String typed : new String[] {simple("short", "1"), contract("AliasedValue", "")}) {
            assertThatThrownBy(() -> row(query(""), attribute("odd", typed)))
                    .isInstanceOf(ServiceFault.Permanent.class)
                    .hasMessageContaining("The column odd has the type ");
        }
    }

    private static String row(TrackingQuery query, String... attributes) throws Exception {
        return rowOf(query, upsert(attributes));
    }

    private static String rowOf(TrackingQuery query, String item) throws Exception {
        return ChangesReader.read(body(lastPage(item)), context(query))
                .orElseThrow()
                .changes()
                .get(0)
                .row()
                .text();
    }
}
