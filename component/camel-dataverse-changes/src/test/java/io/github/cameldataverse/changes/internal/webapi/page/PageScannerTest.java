package io.github.cameldataverse.changes.internal.webapi.page;

import static io.github.cameldataverse.changes.internal.webapi.page.SamplePages.DELTA_LINK;
import static io.github.cameldataverse.changes.internal.webapi.page.SamplePages.NEXT_LINK;
import static io.github.cameldataverse.changes.internal.webapi.page.SamplePages.ROOT;
import static io.github.cameldataverse.changes.internal.webapi.page.SamplePages.body;
import static io.github.cameldataverse.changes.internal.webapi.page.SamplePages.deltaPage;
import static io.github.cameldataverse.changes.internal.webapi.page.SamplePages.id;
import static io.github.cameldataverse.changes.internal.webapi.page.SamplePages.pageWithMore;
import static io.github.cameldataverse.changes.internal.webapi.page.SamplePages.row;
import static io.github.cameldataverse.changes.internal.webapi.page.SamplePages.tombstone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.cameldataverse.changes.change.Change;
import io.github.cameldataverse.changes.change.Delete;
import io.github.cameldataverse.changes.change.Upsert;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.ProvesSentence;
import io.github.cameldataverse.changes.internal.http.answer.Body;
import io.github.cameldataverse.changes.internal.source.MalformedPageException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageScannerTest {

    private static final int MAX_ROW = 1 << 20;

    private static final String ID = "00000000-0000-0000-0000-000000000001";
    private final PageScanner scanner = new PageScanner(SamplePages.ACCOUNT, MAX_ROW);

    @Test
    @ProvesSentence("current-38")
    void aPageGivesItsChangesInTheOrderServed() throws Exception {
        ScannedPage page = scan(deltaPage(row(1), row(2), tombstone(3), row(4)));

        assertThat(page.changes()).extracting(Change::id).containsExactly(id(1), id(2), id(3), id(4));
        assertThat(page.changes()).extracting(Change::what).containsExactly("900001", "900002", "deleted", "900004");
        assertThat(page.changes())
                .extracting(change -> change.row().text())
                .containsExactly(row(1), row(2), tombstone(3), row(4));
    }

    @Test
    void aLinkIsFoundBeforeTheRowsAndAfterThem() throws Exception {
        assertThat(scan(deltaPage(row(1))).deltaLink()).isEqualTo(DELTA_LINK);
        assertThat(scan(pageWithMore(row(1))).nextLink()).isEqualTo(NEXT_LINK);
        assertThat(scan("{\"value\":[],\"@odata.deltaLink\":\"" + DELTA_LINK + "\"}")
                        .deltaLink())
                .isEqualTo(DELTA_LINK);
        assertThat(scan("{\"@odata.nextLink\":\"" + NEXT_LINK + "\",\"value\":[]}")
                        .nextLink())
                .isEqualTo(NEXT_LINK);
    }

    @Test
    @ProvesFault("P19")
    void whatElseStandsInAPageIsPassedOver() throws Exception {
        ScannedPage page = scan("{\"@odata.context\":\"x\",\"@Microsoft.Dynamics.CRM.totalrecordcount\":-1,"
                + "\"@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded\":false,\"deep\":[{\"value\":[1]},[2]],"
                + "\"value\":[" + row(1) + "],\"after\":{\"@odata.nextLink\":\"no\",\"error\":1}}");

        assertThat(page.changes()).hasSize(1);
        assertThat(page.nextLink()).isNull();
        assertThat(page.deltaLink()).isNull();
        assertThat(page.hasError()).isFalse();
    }

    @Test
    void aPageWithoutValueIsToldFromAnEmptyOne() throws Exception {
        assertThat(scan("{}").rows()).isEqualTo(ScannedPage.Rows.LEFT_OUT);
        assertThat(scan("{\"@odata.context\":\"x\"}").rows()).isEqualTo(ScannedPage.Rows.LEFT_OUT);
        assertThat(scan("{\"Message\":\"x\"}").rows()).isEqualTo(ScannedPage.Rows.OF_SOMETHING_ELSE);
        assertThat(scan("{\"value\":[],\"Message\":\"x\"}").rows()).isEqualTo(ScannedPage.Rows.SERVED);
        assertThat(scan("{\"error\":{\"code\":\"0x0\"}}").hasError()).isTrue();
    }

    @Test
    @ProvesFault("N6")
    void everyPartOfAPageThatIsCutShortIsRefused() {
        for (String whole : new String[] {deltaPage(row(1), tombstone(2)), pageWithMore(row(1), row(2))}) {
            byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
            for (int length = 1; length < bytes.length; length++) {
                Body cut = body(Arrays.copyOf(bytes, length));
                assertThatThrownBy(() -> scanner.scan(cut, 1))
                        .as("cut after %s of %s bytes", length, bytes.length)
                        .isInstanceOf(MalformedPageException.class);
            }
        }
    }

    @Test
    @ProvesFault("N6")
    void aPageCutRightAfterItsRowsIsRefused() {
        assertRefused("{\"@odata.deltaLink\":\"" + DELTA_LINK + "\",\"value\":[" + row(1) + "]");
        assertRefused("{\"@odata.deltaLink\":\"" + DELTA_LINK + "\",\"value\":[" + row(1) + "] ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"}", "{}", "x", "]", ",", "\u0000", "null", "{\"value\":[]}", "\uFEFF"})
    void whateverFollowsThePageIsRefused(String garbage) {
        assertRefused(deltaPage(row(1)) + garbage);
    }

    @Test
    void blanksMayFollow() throws Exception {
        assertThat(scan(deltaPage(row(1)) + " \r\n\t").changes()).hasSize(1);
    }

    @Test
    void bytesBehindTheBodyDoNotCount() throws Exception {
        byte[] longer = (deltaPage(row(1)) + "garbage").getBytes(StandardCharsets.UTF_8);

        assertThat(scanner.scan(new Body(longer, longer.length - 7), 1).changes())
                .hasSize(1);
        assertThatThrownBy(() -> scanner.scan(new Body(longer, longer.length), 1))
                .isInstanceOf(MalformedPageException.class);
    }

    @Test
    @ProvesFault("P19")
    void aByteOrderMarkIsPassedOverAndShiftsNoRow() throws Exception {
        ScannedPage page = scan("\uFEFF" + deltaPage(row(1), tombstone(2)));

        assertThat(page.changes()).extracting(change -> change.row().text()).containsExactly(row(1), tombstone(2));
    }

    /** Found by seed 7 of PageMutationTest: the parser passed over the second one, and each row lay elsewhere. */
    @Test
    @ProvesFault({"P19", "D8"})
    void twoByteOrderMarksAreRefused() {
        assertThatThrownBy(() -> scan("\uFEFF\uFEFF" + deltaPage(row(1), tombstone(2))))
                .isInstanceOf(MalformedPageException.class)
                .hasMessage("The answer begins with two byte order marks");
    }

    @Test
    void fiveThousandWideRowsLieWhereTheyAreSaidToLie() throws Exception {
        String text = "\uFEFF" + SamplePages.widePage(5_000);
        ScannedPage page = scan(text);

        assertThat(page.changes()).hasSize(5_000);
        int from = 0;
        for (Change change : page.changes()) {
            String row = change.row().text();
            int at = text.indexOf(row, from);
            assertThat(at).isGreaterThan(from - 1);
            assertThat(row).startsWith("{\"@odata.etag\"").endsWith("\"accountid\":\"" + change.id() + "\"}");
            from = at + row.length();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Größe, é, ß\"",
                "\"4 bytes 😀 𝄞\"",
                "\"\\u0000\\u001f\\ud83d\\ude00\\/\\\"\\\\\"",
                "\"lone \\ud83d surrogate\"",
                "\"lone \\ude00\"",
                "\"\u202Ebidi\u2028\u2029\u0085\"",
                "12345678901234567890123456789012345678",
                "-0",
                "1.10",
                "100000000000.0000000001",
                "1e400",
                "-1E-400",
                "9223372036854775808",
                "\"0001-01-01T00:00:00Z\"",
                "\"9999-12-31T23:59:59.9999999Z\"",
                "{\"a\" : [ 1 , { } , [ ] ] }",
                "null",
                " true"
            })
    @ProvesFault({"D5", "D6"})
    void aValueStaysAsItWasServed(String value) throws Exception {
        String row = "{ \"x\" : " + value + ",\n\t\"accountid\":\"" + id(1) + "\" }";

        ScannedPage page = scan(deltaPage(row(0), row, row(2)));

        assertThat(page.changes().get(1).row().text()).isEqualTo(row);
        assertThat(page.changes().get(2).row().text()).isEqualTo(row(2));
    }

    @ParameterizedTest
    @CsvSource({"29, true", "30, false"})
    @ProvesFault("S9")
    void nestingEndsAtThirtyTwo(int levels, boolean read) {
        String nested = "[".repeat(levels) + "]".repeat(levels);
        String page = deltaPage("{\"x\":" + nested + ",\"accountid\":\"" + id(1) + "\"}");

        assertThat(catchThrowable(() -> scan(page)) == null).isEqualTo(read);
    }

    @Test
    @ProvesFault("S9")
    void aBombOfBracketsIsRefused() {
        assertRefused("[".repeat(1_000_000));
        assertRefused("{\"value\":" + "[".repeat(1_000_000));
        assertRefused("{\"a\":".repeat(1_000_000));
    }

    @Test
    void theSentenceNamesTheLimitThatWasReached() {
        assertThatThrownBy(() -> scan("{\"a\":" + "[".repeat(40)))
                .hasMessageStartingWith(
                        "The answer is no whole JSON object: Document nesting depth (33) exceeds the maximum"
                                + " allowed (32,");
    }

    @ParameterizedTest
    @CsvSource({"200, true", "201, false"})
    @ProvesFault("S9")
    void aNumberHasAtMostTwoHundredDigits(int digits, boolean read) {
        String page = deltaPage("{\"x\":" + "7".repeat(digits) + ",\"accountid\":\"" + id(1) + "\"}");

        assertThat(catchThrowable(() -> scan(page)) == null).isEqualTo(read);
    }

    @Test
    @ProvesFault("S10")
    void aRowHasAtMostAsManyBytesAsTheOptionSays() throws Exception {
        String row = "{\"x\":\"" + "é".repeat(1000) + "\",\"accountid\":\"" + id(1) + "\"}";
        int bytes = row.getBytes(StandardCharsets.UTF_8).length;

        assertThat(new PageScanner(SamplePages.ACCOUNT, bytes)
                        .scan(body(deltaPage(row)), 1)
                        .changes())
                .hasSize(1);
        assertThatThrownBy(() -> new PageScanner(SamplePages.ACCOUNT, bytes - 1).scan(body(deltaPage(row)), 1))
                .hasMessage("Row 0 is larger than " + (bytes - 1) + " bytes (maxRowBytes)");
    }

    @Test
    @ProvesFault("S9")
    void aPageHasAtMostFiftyThousandRows() throws Exception {
        String row = "{\"accountid\":\"" + id(1) + "\"}";

        assertThat(scanner.scan(body(deltaPage((row + ",").repeat(49_999) + row)), 1)
                        .changes())
                .hasSize(50_000);
        assertThatThrownBy(() -> scanner.scan(body(deltaPage((row + ",").repeat(50_000) + row)), 1))
                .hasMessage("The answer has more than 50000 rows");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"value\":[]%s}",
                "{\"value\":[{\"accountid\":\"" + ID + "\"%s}]}",
                "{\"value\":[{\"accountid\":\"" + ID + "\",\"x\":[{\"y\":0%s}]}]}"
            })
    @ProvesFault("S9")
    void aPageHasAtMostTwentyThousandNames(String page) throws Exception {
        assertThat(scanner.scan(body(page.formatted(names(19_990))), 1).rows()).isEqualTo(ScannedPage.Rows.SERVED);
        assertThatThrownBy(() -> scanner.scan(body(page.formatted(names(20_000))), 1))
                .hasMessage("The answer has more than 20000 names of members");
    }

    private static String names(int count) {
        return IntStream.range(0, count).mapToObj(i -> ",\"c" + i + "\":0").collect(Collectors.joining());
    }

    @Test
    void theSameNamesInEveryRowCountOnce() throws Exception {
        String row = "{\"accountid\":\"" + id(1) + "\"" + names(15_000) + "}";

        assertThat(new PageScanner(SamplePages.ACCOUNT, 1 << 20)
                        .scan(body(deltaPage(row + "," + row + "," + row)), 1)
                        .changes())
                .hasSize(3);
    }

    @Test
    void theLimitOfARowIsNoLimitOfALink() throws Exception {
        String link = ROOT + "accounts?$skiptoken=" + "x".repeat(30_000);

        assertThat(new PageScanner(SamplePages.ACCOUNT, 1024)
                        .scan(body("{\"value\":[],\"@odata.nextLink\":\"" + link + "\"}"), 1)
                        .nextLink())
                .isEqualTo(link);
    }

    @ParameterizedTest
    @CsvSource({"65536, true", "65537, false"})
    @ProvesFault("S9")
    void aLinkHasAtMostSixtyFourKibibytes(int length, boolean read) {
        String page = "{\"value\":[],\"@odata.nextLink\":\"" + "x".repeat(length) + "\"}";

        assertThat(catchThrowable(() -> new PageScanner(SamplePages.ACCOUNT, 1024).scan(body(page), 1)) == null)
                .isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"value\":[],\"value\":[]}",
                "{\"@odata.deltaLink\":\"a\",\"@odata.deltaLink\":\"b\",\"value\":[]}",
                "{\"value\":[],\"v\\u0061lue\":[]}",
                "{\"value\":[{\"accountid\":\"00000000-0000-0000-0000-000000000001\",\"accountid\":\"00000000-0000-0000-0000-000000000002\"}]}",
                "{\"value\":[{\"x\":{\"a\":1,\"a\":2},\"accountid\":\"00000000-0000-0000-0000-000000000001\"}]}"
            })
    @ProvesFault({"D4", "S9"})
    void aMemberThatStandsTwiceIsRefused(String page) {
        assertRefused(page);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"value\":{}} | The member value is no array",
                "{\"value\":null} | The member value is no array",
                "{\"value\":\"x\"} | The member value is no array",
                "{\"value\":[1]} | Row 0 is no object",
                "{\"value\":[null]} | Row 0 is no object",
                "{\"value\":[[]]} | Row 0 is no object",
                "{\"value\":[\"x\"]} | Row 0 is no object",
                "{\"@odata.nextLink\":1,\"value\":[]} | The member @odata.nextLink is no text",
                "{\"@odata.deltaLink\":null,\"value\":[]} | The member @odata.deltaLink is no text",
                "[] | The answer is no JSON object",
                "null | The answer is no JSON object",
                "\"x\" | The answer is no JSON object",
                "42 | The answer is no JSON object",
                "{\"value\":[]} {} | Something follows the closing brace of the answer"
            })
    void aBodyThatIsNoPageIsRefusedWithASentence(String page, String sentence) {
        assertThatThrownBy(() -> scan(page))
                .isInstanceOf(MalformedPageException.class)
                .hasMessage(sentence);
    }

    @Test
    @ProvesFault("D4")
    void aRowThatIsNoObjectIsNamedByItsIndex() {
        assertThatThrownBy(() -> scan(deltaPage(row(1), row(2), "7"))).hasMessage("Row 2 is no object");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":\"x\"} | Row 1 has no accountid",
                "{} | Row 1 has no accountid",
                "{\"accountid\":null} | Row 1 has no accountid",
                "{\"accountid\":7} | Row 1 has no accountid",
                "{\"accountid\":\"1-1-1-1-1\"} | The accountid of row 1 is no GUID",
                "{\"accountid\":\"../../x\"} | The accountid of row 1 is no GUID",
                "{\"x\":{\"accountid\":\"00000000-0000-0000-0000-000000000001\"}} | Row 1 has no accountid",
                "{\"@odata.context\":\"x#accounts/$deletedEntity\"} | Row 1 has no id",
                "{\"@odata.context\":\"x#accounts/$deletedEntity\",\"id\":\"x\",\"reason\":\"deleted\"} | The id of row 1 is no GUID"
            })
    @ProvesFault("D4")
    void aRowWithoutAUsableIdIsNamedByItsIndex(String bad, String sentence) {
        assertThatThrownBy(() -> scan(deltaPage(row(1), bad)))
                .isInstanceOf(MalformedPageException.class)
                .hasMessage(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'@odata.context':'c#accounts/$deletedEntity','id':'ID','reason':'deleted'} | deleted",
                "{'@odata.context':'c#accounts/$deletedEntity','id':'ID'} | deleted",
                "{'@odata.context':'c#accounts/$deletedEntity','id':'ID','reason':'changed'} | changed",
                "{'@odata.context':'c#accounts/$deletedEntity','id':'ID','reason':'archived'} | archived",
                "{'@odata.context':'c#accounts/$deletedEntity','id':'ID','reason':null} | deleted",
                "{'@odata.context':'c#accounts/$deletedEntity','id':'https://good.example/api/data/v9.2/accounts(ID)'} | deleted",
                "{'@odata.context':'$metadata#Accounts(name,accountid)/$deletedEntity','id':'ID'} | deleted",
                "{'@context':'#accounts/$deletedEntity','@id':'accounts(ID)'} | deleted",
                "{'@removed':{'reason':'deleted'},'id':'ID'} | deleted",
                "{'@removed':{'reason':'changed','more':[{'reason':'x'}]},'@id':'accounts(ID)'} | changed",
                "{'@odata.removed':{},'@odata.id':'https://good.example/api/data/v9.2/accounts(ID)'} | deleted",
                "{'accountid':'ID','@removed':{'reason':'deleted'}} | deleted",
                "{'@removed':{'reason':'deleted'},'accountid':'ID','@odata.etag':'W/7','name':null} | deleted",
                "{'@removed':{'reason':'deleted'},'id':'ID','@id':'accounts(ID)','accountid':'ID'} | deleted"
            })
    @ProvesFault("P15")
    @ProvesSentence("current-22")
    void aTombstoneIsWhatSaysSo(String json, String reason) throws Exception {
        String tombstone = json.replace('\'', '"').replace("ID", id(9).toUpperCase());

        Change change = scanner.scan(body(deltaPage(tombstone)), 17).changes().get(0);

        assertThat(change).isInstanceOfSatisfying(Delete.class, delete -> {
            assertThat(delete.id()).isEqualTo(id(9));
            assertThat(delete.reason()).isEqualTo(reason);
            assertThat(delete.key()).isEqualTo(id(9) + "!17");
            assertThat(delete.row().text()).isEqualTo(tombstone);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'@odata.context':'c#contacts/$deletedEntity','id':'ID','reason':'deleted'} | is a tombstone of another table than accounts",
                "{'@removed':{'reason':'deleted'},'@id':'contacts(ID)'} | is a tombstone of another table than accounts",
                "{'@removed':{'reason':'deleted'},'id':'https://x/contacts(ID)'} | is a tombstone of another table than accounts",
                "{'@removed':{'reason':'deleted'},'id':'ID','accountid':'00000000-0000-0000-0000-000000000001'} | is a tombstone of two records",
                "{'@removed':{'reason':'deleted'}} | has no id",
                "{'@removed':'deleted','id':'ID'} | is no object",
                "{'@removed':null,'accountid':'ID'} | is no object",
                "{'id':'ID','reason':'deleted'} | has the members of a tombstone, and neither the context",
                "{'reason':'changed','id':'ID','@odata.etag':'W/7'} | has the members of a tombstone, and neither the context",
                "{'reason':'changed','id':'ID','name':'x'} | has no accountid",
                "{'reason':'archived','id':'ID'} | has no accountid"
            })
    @ProvesFault({"P15", "D4"})
    void whatOnlyLooksLikeATombstoneIsNeverADelete(String json, String sentence) {
        String row = json.replace('\'', '"').replace("ID", id(9));
        assertThatThrownBy(() -> scan(deltaPage(row(1), row)))
                .isInstanceOf(MalformedPageException.class)
                .hasMessageContaining("ow 1")
                .hasMessageContaining(sentence);
    }

    @Test
    void aRowWithColumnsThatSoundLikeATombstoneIsAnUpsert() throws Exception {
        Change change = scan(deltaPage(
                        "{\"id\":\"" + id(5) + "\",\"reason\":\"deleted\",\"accountid\":\"" + id(1) + "\"}"))
                .changes()
                .get(0);

        assertThat(change).isInstanceOf(Upsert.class).extracting(Change::id).isEqualTo(id(1));
    }

    @Test
    @ProvesFault("D9")
    void anEtagThatIsMissingOrOddGivesTheHashOfTheRow() throws Exception {
        ScannedPage page = scan(deltaPage(
                "{\"accountid\":\"" + id(1) + "\"}",
                "{\"@odata.etag\":\"odd\",\"accountid\":\"" + id(2) + "\"}",
                "{\"@odata.etag\":null,\"accountid\":\"" + id(3) + "\"}"));

        assertThat(page.changes())
                .allSatisfy(change ->
                        assertThat(((Upsert) change).version().number()).isNull());
        assertThat(page.changes())
                .extracting(change -> ((Upsert) change).etag())
                .containsExactly(null, "odd", null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
    @ProvesFault("P19")
    void aPageInAnotherEncodingIsRefused(String encoding) {
        Body page = body(deltaPage(row(1)).getBytes(Charset.forName(encoding)));

        assertThatThrownBy(() -> scanner.scan(page, 1)).isInstanceOf(MalformedPageException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"c080", "e08080", "eda080", "edb080", "f0808080", "f4908080", "f8888080", "ff", "80", "e282"})
    void bytesThatAreNoUtf8AreRefused(String hex) {
        // Read as text they would come out as other characters than were sent.
        byte[] bad = java.util.HexFormat.of().parseHex(hex);
        byte[] page = deltaPage("{\"x\":\"" + "?".repeat(bad.length) + "\",\"accountid\":\"" + id(1) + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        int at = new String(page, StandardCharsets.ISO_8859_1).indexOf("\"x\":\"") + 5;
        System.arraycopy(bad, 0, page, at, bad.length);

        assertThatThrownBy(() -> scanner.scan(body(page), 1)).isInstanceOf(MalformedPageException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"value\":[{\"name\": Canary }]}",
                "{\"value\":[{\"name\":\"x\" Canary",
                "{\"value\":[{\"Canary\":1,\"Canary\":2}]}",
                "{\"value\":[{\"x\":\"Canary",
                "{\"value\":[{\"x\":\"Canary\u0001\"}]}",
                "{\"value\":[\"Canary\"]}",
                "{\"value\":[{\"accountid\":\"Canary\"}]}",
                "<html>Canary</html>",
                "Canary"
            })
    @ProvesFault("S18")
    void theContentOfAPageIsNotInTheExceptionNorItsCauses(String page) {
        Throwable refused = catchThrowable(() -> scan(page));

        assertThat(refused).isInstanceOf(MalformedPageException.class);
        assertThat(Stream.iterate(refused, Objects::nonNull, Throwable::getCause))
                .noneMatch(cause -> cause.toString().contains("Canary"));
    }

    @Test
    void theSentenceSaysWhereTheJsonBroke() {
        assertThatThrownBy(() -> scan("{\"value\":[{]}"))
                .hasMessage("The answer is no whole JSON object: JsonParseException at byte 11");
    }

    private ScannedPage scan(String page) throws MalformedPageException {
        return scanner.scan(body(page), 1);
    }

    private void assertRefused(String page) {
        assertThatThrownBy(() -> scan(page)).isInstanceOf(MalformedPageException.class);
    }
}
