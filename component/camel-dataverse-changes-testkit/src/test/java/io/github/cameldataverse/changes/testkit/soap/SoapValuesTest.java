package io.github.cameldataverse.changes.testkit.soap;

import static io.github.cameldataverse.changes.testkit.harness.SoapReply.CONTRACTS;
import static io.github.cameldataverse.changes.testkit.harness.SoapReply.attributes;
import static io.github.cameldataverse.changes.testkit.harness.SoapReply.children;
import static io.github.cameldataverse.changes.testkit.harness.SoapReply.in;
import static io.github.cameldataverse.changes.testkit.harness.SoapReply.names;
import static io.github.cameldataverse.changes.testkit.harness.SoapReply.text;
import static io.github.cameldataverse.changes.testkit.harness.SoapReply.type;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.testkit.harness.SimulatorTest;
import io.github.cameldataverse.changes.testkit.harness.SoapCall;
import io.github.cameldataverse.changes.testkit.harness.SoapReply;
import io.github.cameldataverse.changes.testkit.table.ColumnType;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/** The types of values, and the texts that XML makes trouble with. */
public class SoapValuesTest extends SimulatorTest {
    private static final String SCHEMA = "http://www.w3.org/2001/XMLSchema";
    private static final String SERIALIZATION = "http://schemas.microsoft.com/2003/10/Serialization/";
    private static final String JANE = "465b158c-541c-e511-80d3-3863bb347ba8";

    @ParameterizedTest
    @MethodSource
    void aValueHasTheTypeItHasInTheSdk(
            String column, ColumnType kind, Object value, String namespace, String type, String text) {
        SIMULATOR.simulator().define(TableSchema.named("new_thing").column(column, kind));
        SIMULATOR.table("new_thing").create(Map.of(column, value));
        Element written = attributes(only("new_thing", column)).get(column);
        assertThat(type(written)).isEqualTo(new QName(namespace, type));
        assertThat(text(written)).isEqualTo(text);
        assertThat(names(written)).isEqualTo(CONTRACTS.equals(namespace) ? List.of("Value") : List.of());
    }

    static Stream<Arguments> aValueHasTheTypeItHasInTheSdk() {
        return Stream.of(
                Arguments.of("new_text", ColumnType.TEXT, "Contoso", SCHEMA, "string", "Contoso"),
                Arguments.of("new_memo", ColumnType.MEMO, "a\nb", SCHEMA, "string", "a\nb"),
                Arguments.of("new_int", ColumnType.WHOLE_NUMBER, -7, SCHEMA, "int", "-7"),
                Arguments.of("new_long", ColumnType.BIG_NUMBER, 1L << 53, SCHEMA, "long", "9007199254740992"),
                Arguments.of("new_dec", ColumnType.DECIMAL, decimal("1.5"), SCHEMA, "decimal", "1.5000000000"),
                Arguments.of("new_tiny", ColumnType.DECIMAL, decimal("1E-12"), SCHEMA, "decimal", "0.000000000001"),
                Arguments.of("new_float", ColumnType.FLOAT, decimal("48.13743"), SCHEMA, "double", "48.13743"),
                Arguments.of("new_bool", ColumnType.YES_NO, true, SCHEMA, "boolean", "true"),
                Arguments.of(
                        "new_day",
                        ColumnType.DATE,
                        LocalDate.of(2024, 1, 31),
                        SCHEMA,
                        "dateTime",
                        "2024-01-31T00:00:00Z"),
                Arguments.of(
                        "new_at",
                        ColumnType.DATE_TIME,
                        Instant.parse("2025-11-05T20:47:30Z"),
                        SCHEMA,
                        "dateTime",
                        "2025-11-05T20:47:30Z"),
                Arguments.of("new_guid", ColumnType.UNIQUE_ID, JANE, SERIALIZATION, "guid", JANE),
                Arguments.of("new_amount", ColumnType.MONEY, decimal("10"), CONTRACTS, "Money", "10.0000"),
                Arguments.of("new_choice", ColumnType.CHOICE, 3, CONTRACTS, "OptionSetValue", "3"));
    }

    @Test
    void severalChoicesAreAListOfValues() {
        accounts().create(Map.of("new_interests", "1,20,3"));
        Element written = attributes(only("account", "new_interests")).get("new_interests");
        assertThat(type(written))
                .isEqualTo(new QName("http://schemas.microsoft.com/xrm/9.0/Contracts", "OptionSetValueCollection"));
        assertThat(names(written)).containsExactly("OptionSetValue", "OptionSetValue", "OptionSetValue");
        assertThat(children(written)).extracting(SoapReply::text).containsExactly("1", "20", "3");
    }

    @Test
    void aLookupIsAReferenceUnderItsLogicalNameWithTheNameOfItsRow() {
        SIMULATOR.table("contact").create(JANE, Map.of("fullname", "Jane"));
        accounts().create(Map.of("_primarycontactid_value", JANE, "_ownerid_value", JANE));
        Map<String, Element> row = attributes(only("account", "primarycontactid", "ownerid"));
        Element reference = row.get("primarycontactid");
        assertThat(type(reference)).isEqualTo(new QName(CONTRACTS, "EntityReference"));
        assertThat(names(reference)).containsExactly("Id", "KeyAttributes", "LogicalName", "Name", "RowVersion");
        assertThat(children(reference)).extracting(SoapReply::text).containsExactly(JANE, "", "contact", "Jane", "");
        assertThat(children(row.get("ownerid")))
                .extracting(SoapReply::text)
                .containsExactly(JANE, "", "systemuser", "", "");
    }

    @Test
    void aColumnWithoutAValueIsLeftOut() {
        accounts().create(Map.of("name", "Contoso"));
        assertThat(attributes(only("account", "fax", "name"))).containsOnlyKeys("name", "accountid");
    }

    @Test
    void allColumnsComeIfAllAreAskedFor() {
        String id = accounts().create(Map.of("name", "Contoso"));
        assertThat(texts(only("account")))
                .containsEntry("name", "Contoso")
                .containsEntry("statecode", "0")
                .containsEntry("versionnumber", Long.toString(accounts().version(id)))
                .containsEntry("accountid", id)
                .containsKey("createdon")
                .doesNotContainKey("fax");
    }

    @Test
    void choicesHaveTheirLabelsAmongTheFormattedValues() {
        accounts().create(Map.of("creditonhold", true));
        Element item = only("account", "creditonhold", "statecode", "fax");
        Map<String, Element> formatted = SoapReply.pairs(in(item, CONTRACTS, "FormattedValues", "NewOrUpdatedEntity"));
        assertThat(formatted).containsOnlyKeys("creditonhold", "statecode");
        assertThat(text(formatted.get("creditonhold"))).isEqualTo("Yes");
        assertThat(text(formatted.get("statecode"))).isEqualTo("Active");
    }

    @Test
    void aTextArrivesAsItWasWrittenWhateverXmlThinksOfIt() {
        String awkward = " <a href=\"x\">&amp; ]]> \r\n\t Ünïcödé \uD83D\uDE00 ";
        accounts().create(Map.of("name", awkward));
        assertThat(texts(only("account", "name"))).containsEntry("name", awkward);
    }

    @Test
    void aCharacterThatXmlForbidsIsWrittenAsAReferenceToIt() {
        accounts().create(Map.of("name", "a\u000Bb\uFFFEc"));
        assertThat(SoapCall.of(SIMULATOR, "account", "name").send().body()).contains(">a&#xb;b&#xfffe;c<");
    }

    @Test
    void halfACharacterIsReplaced() {
        accounts().create(Map.of("name", "a\uD83Db"));
        assertThat(texts(only("account", "name"))).containsEntry("name", "a\uFFFDb");
    }

    public static Map<String, String> texts(Element item) {
        Map<String, String> texts = new LinkedHashMap<>();
        attributes(item).forEach((key, value) -> texts.put(key, text(value)));
        return texts;
    }

    private static Element only(String table, String... columns) {
        List<Element> items = SoapCall.of(SIMULATOR, table, columns).send().items();
        assertThat(items).hasSize(1);
        return items.get(0);
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }
}
