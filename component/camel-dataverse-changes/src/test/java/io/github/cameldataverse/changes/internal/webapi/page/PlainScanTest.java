package io.github.cameldataverse.changes.internal.webapi.page;

import static io.github.cameldataverse.changes.internal.webapi.page.SamplePages.ACCOUNT;
import static io.github.cameldataverse.changes.internal.webapi.page.SamplePages.DELTA_LINK;
import static io.github.cameldataverse.changes.internal.webapi.page.SamplePages.body;
import static io.github.cameldataverse.changes.internal.webapi.page.SamplePages.deltaPage;
import static io.github.cameldataverse.changes.internal.webapi.page.SamplePages.id;
import static io.github.cameldataverse.changes.internal.webapi.page.SamplePages.pageWithMore;
import static io.github.cameldataverse.changes.internal.webapi.page.SamplePages.row;
import static io.github.cameldataverse.changes.internal.webapi.page.SamplePages.tombstone;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.change.Upsert;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.http.answer.Body;
import io.github.cameldataverse.changes.internal.source.MalformedPageException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read in the plain way, and that it is read as Jackson reads it; {@link PageMutationTest} does so by the million. */
class PlainScanTest {

    private static final int MAX_ROW = 1 << 16;

    private final PageScanner scanner = new PageScanner(ACCOUNT, MAX_ROW);

    @Test
    void whateverTheSimulatorServesIsPlain() throws Exception {
        for (byte[] page : SimulatorPages.ofEveryKind()) {
            assertReadAlike(body(page));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " { } ",
                "{\"value\":[]}",
                "{\"value\" : [ ] , \"@odata.count\" : 7 }",
                "\uFEFF{\"value\":[]}",
                "{\"@odata.deltaLink\":\"https:\\/\\/good.example\\/\\\"x\\\"\",\"value\":[]}"
            })
    void aPageWithoutRowsIsPlain(String page) throws Exception {
        assertReadAlike(body(page));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "7",
                "-12.50",
                "1e5",
                "1E+5",
                "0.0e-7",
                "true",
                "false",
                "null",
                "\"\"",
                "\"\\u00e9\"",
                "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\ud83d\"",
                "\"Größe 😀\"",
                " \t\r\n7 ",
                "\"\u007f\u2028\""
            })
    void aValueOfAnyKindIsPlain(String value) throws Exception {
        assertReadAlike(body(deltaPage(row(1), rowWith(value), tombstone(3), rowWith(value))));
    }

    /** The scan looks at eight bytes at once, so each place among them counts. */
    @ParameterizedTest
    @ValueSource(strings = {"", "é", "😀", "\\\"", "\\\\", "\\u0041", "\u007f"})
    void whereverInATextItStandsItIsReadAlike(String special) throws Exception {
        for (int before = 0; before < 20; before++) {
            for (int behind = 0; behind < 10; behind++) {
                String text = "\"" + "x".repeat(before) + special + "y".repeat(behind) + "\"";
                assertReadAlike(body(deltaPage(rowWith(text))));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\u001f", "\n", "\\x", "\\u00g0", "\\u00", "\\"})
    @ProvesFault("D8")
    void whereverInATextItStandsItIsRefused(String wrong) {
        for (int before = 0; before < 20; before++) {
            String text = "\"" + "x".repeat(before) + wrong + "\"";
            assertLeft(body(deltaPage(rowWith(text))));
        }
    }

    @Test
    @ProvesFault("D8")
    void bytesThatAreNoTextAreLeftToJacksonWhereverTheyStand() {
        byte[] page = deltaPage(rowWith("\"" + "x".repeat(40) + "\""), row(2)).getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at < page.length; at++) {
            byte[] broken = page.clone();
            broken[at] = (byte) 0xE9;
            assertLeft(body(broken));
        }
    }

    @Test
    void aRowBeyondAsciiDoesNotConcernItsNeighbours() throws Exception {
        ScannedPage page = assertReadAlike(body(deltaPage(row(1), rowWith("\"Größe\""), row(2))));

        assertThat(page.changes().get(1).row().text()).contains("Größe");
        assertThat(page.changes().get(2).row().text()).isEqualTo(row(2));
    }

    /** Annotations stand beside the columns that have a value, so rows differ in their names. */
    @Test
    void rowsOfOtherNamesInAnotherOrderAreReadAlike() throws Exception {
        String wide = "{\"a\":1,\"b\":2,\"b@x.y\":\"2\",\"accountid\":\"" + id(2) + "\"}";
        String mixed = "{\"accountid\":\"" + id(3) + "\",\"b\":2,\"c\":1,\"a\":null,\"@odata.etag\":\"W/\\\"7\\\"\"}";

        ScannedPage page = assertReadAlike(body(deltaPage(row(1), wide, mixed, wide, row(5))));

        assertThat(((Upsert) page.changes().get(2)).etag()).isEqualTo("W/\"7\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"a\":1,\"a\":2",
                "\"a\":1,\"b\":2,\"a\":3",
                "\"b\":1,\"a\":2,\"b\":3",
                "\"a\":1,\"b\":2,\"accountid\":\"00000000-0000-0000-0000-000000000009\""
            })
    @ProvesFault({"D4", "S9"})
    void aNameThatStandsTwiceInARowIsFoundAmongRowsOfTheSameNames(String twice) {
        String good = "{\"a\":1,\"b\":2,\"accountid\":\"" + id(1) + "\"}";
        String bad = "{" + twice + ",\"accountid\":\"" + id(2) + "\"}";

        assertLeft(body(deltaPage(good, good, bad)));
        assertLeft(body(deltaPage(good, bad, good)));
        assertLeft(body(deltaPage(bad, good)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"x\":{},\"accountid\":\"%s\"}",
                "{\"x\":[],\"accountid\":\"%s\"}",
                "{\"n\\u0061me\":1,\"accountid\":\"%s\"}",
                "{\"größe\":1,\"accountid\":\"%s\"}",
                "{\"accountid\":\"\\u0030%s\"}",
                "{\"@removed\":{\"reason\":\"deleted\"},\"accountid\":\"%s\"}"
            })
    void whatTheServiceDoesNotWriteInARowIsLeftToJackson(String row) {
        assertLeft(body(deltaPage(row(1), row.formatted(id(2)))));
    }

    @Test
    void anErrorInPlaceOfRowsIsLeftToJackson() {
        assertLeft(body("{\"error\":{\"code\":\"0x0\"}}"));
        assertLeft(body("{\"error\":\"x\",\"value\":[]}"));
        assertLeft(body("{\"other\":{},\"value\":[]}"));
    }

    @Test
    @ProvesFault("S9")
    void whatIsBeyondALimitIsLeftToJackson() {
        String names =
                IntStream.range(0, 2_001).mapToObj(i -> "\"c" + i + "\":0").collect(Collectors.joining(","));

        assertLeft(body(deltaPage("{" + names + ",\"accountid\":\"" + id(1) + "\"}")));
        assertLeft(body("{" + names + "}"));
        assertLeft(body(deltaPage("{\"" + "n".repeat(201) + "\":0,\"accountid\":\"" + id(1) + "\"}")));
        assertLeft(body(deltaPage(rowWith("\"" + "x".repeat(MAX_ROW) + "\""))));
        assertLeft(body(deltaPage(rowWith("7".repeat(101)))));
        assertLeft(body("{\"value\":[],\"@odata.nextLink\":\"" + "x".repeat(65_537) + "\"}"));
    }

    /** A page of 60 MB of such names took half a minute. */
    @Test
    @ProvesFault("S9")
    void namesThatAreMadeToBeHardToTellApartAreLeftToJackson() throws Exception {
        String names = IntStream.range(0, 64)
                .mapToObj(name -> IntStream.range(0, 6)
                        .mapToObj(bit -> (name >> bit & 1) == 0 ? "Aa" : "BB")
                        .collect(Collectors.joining()))
                .map(name -> "\"" + name + "\":0,")
                .collect(Collectors.joining());
        Body page = body(deltaPage("{" + names + "\"accountid\":\"" + id(1) + "\"}"));

        assertLeft(page);
        assertThat(scanner.scan(page, 1).changes()).hasSize(1);
    }

    @Test
    @ProvesFault("N6")
    void everyPartOfAPageIsLeftToJackson() {
        for (String whole : new String[] {deltaPage(row(1), tombstone(2)), pageWithMore(row(1), row(2))}) {
            byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
            for (int length = 0; length < bytes.length; length++) {
                assertLeft(new Body(bytes, length));
                assertLeft(body(Arrays.copyOf(bytes, length)));
            }
        }
    }

    @Test
    void theSecondOfTwoLinksOfOneKindIsLeftToJackson() {
        String link = "\"@odata.deltaLink\":\"" + DELTA_LINK + "\"";

        assertLeft(body("{" + link + ",\"value\":[]," + link + "}"));
    }

    private static String rowWith(String value) {
        return "{\"@odata.etag\":\"W/\\\"915244\\\"\",\"x\":" + value + ",\"accountid\":\"" + id(7) + "\"}";
    }

    private ScannedPage assertReadAlike(Body body) throws MalformedPageException {
        Optional<ScannedPage> plain = plain(body);

        assertThat(plain).as("read in the plain way: %s", body.text()).contains(scanner.scanByJackson(body, 1));
        return plain.orElseThrow();
    }

    private static void assertLeft(Body body) {
        assertThat(plain(body)).as("left to Jackson: %s", body.text()).isEmpty();
    }

    private static Optional<ScannedPage> plain(Body body) {
        return PlainScan.of(body, ACCOUNT, MAX_ROW, 1);
    }
}
