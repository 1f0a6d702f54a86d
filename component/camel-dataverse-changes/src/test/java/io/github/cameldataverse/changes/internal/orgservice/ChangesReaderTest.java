package io.github.cameldataverse.changes.internal.orgservice;

import static io.github.cameldataverse.changes.internal.orgservice.SampleEnvelopes.ID;
import static io.github.cameldataverse.changes.internal.orgservice.SampleEnvelopes.attribute;
import static io.github.cameldataverse.changes.internal.orgservice.SampleEnvelopes.body;
import static io.github.cameldataverse.changes.internal.orgservice.SampleEnvelopes.context;
import static io.github.cameldataverse.changes.internal.orgservice.SampleEnvelopes.guid;
import static io.github.cameldataverse.changes.internal.orgservice.SampleEnvelopes.lastPage;
import static io.github.cameldataverse.changes.internal.orgservice.SampleEnvelopes.page;
import static io.github.cameldataverse.changes.internal.orgservice.SampleEnvelopes.query;
import static io.github.cameldataverse.changes.internal.orgservice.SampleEnvelopes.removed;
import static io.github.cameldataverse.changes.internal.orgservice.SampleEnvelopes.simple;
import static io.github.cameldataverse.changes.internal.orgservice.SampleEnvelopes.upsert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.change.Change;
import io.github.cameldataverse.changes.change.Delete;
import io.github.cameldataverse.changes.change.Upsert;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.orgservice.ChangesReader.ServedPage;
import io.github.cameldataverse.changes.internal.orgservice.row.PageContext;
import io.github.cameldataverse.changes.internal.orgservice.xml.Namespaces;
import io.github.cameldataverse.changes.internal.source.MalformedPageException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangesReaderTest {

    private static final String NAMED =
            upsert(attribute("name", simple("string", "Contoso &amp; Söhne 😀")), attribute("accountid", guid(ID)));
    private static final String WHOLE = lastPage(NAMED, removed(SampleEnvelopes.GONE));

    @Test
    void aPageGivesItsChangesAndItsToken() throws Exception {
        ServedPage page = read(WHOLE);

        assertThat(page.more()).isFalse();
        assertThat(page.token()).isEqualTo(SampleEnvelopes.TOKEN);
        assertThat(page.cookie()).isEmpty();
        assertThat(page.changes()).extracting(Change::id).containsExactly(ID, SampleEnvelopes.GONE);
        Upsert upsert = (Upsert) page.changes().get(0);
        assertThat(upsert.etag()).isEqualTo("W/\"2818070\"");
        assertThat(upsert.version().number()).isEqualTo(2818070);
        assertThat(upsert.row().text())
                .isEqualTo("{\"@odata.etag\":\"W/\\\"2818070\\\"\",\"name\":\"Contoso & Söhne 😀\",\"accountid\":\""
                        + ID + "\"}");
        Delete delete = (Delete) page.changes().get(1);
        assertThat(delete.key()).isEqualTo(SampleEnvelopes.GONE + "!7");
        assertThat(delete.row().text())
                .isEqualTo("{\"@odata.context\":\"" + SampleEnvelopes.ROOT
                        + "$metadata#accounts/$deletedEntity\",\"id\":\"" + SampleEnvelopes.GONE
                        + "\",\"reason\":\"deleted\"}");
    }

    @Test
    void aPageWithMoreBehindItGivesItsCookie() throws Exception {
        String cookie = "<cookie page=\"1\"><accountid last=\"{" + ID + "}\" /></cookie>";

        ServedPage page = read(page("", true, cookie, ""));

        assertThat(page.more()).isTrue();
        assertThat(page.cookie()).isEqualTo(cookie);
        assertThat(page.token()).isEmpty();
    }

    @Test
    void noChangesCanBeAnEmptyElementOrOneThatSaysSo() throws Exception {
        assertThat(read(lastPage()).changes()).isEmpty();
        assertThat(read(lastPage().replace("<o:Changes></o:Changes>", "<o:Changes i:nil=\"true\"/>"))
                        .changes())
                .isEmpty();
    }

    @Test
    void prefixesMeanWhatTheyMeanWhereTheyStand() throws Exception {
        String turned = WHOLE.replace("xmlns:a=", "xmlns:q=")
                .replace("<a:", "<q:")
                .replace("</a:", "</q:")
                .replace("\"a:", "\"q:")
                .replace(
                        "<o:anyType i:type=\"o:NewOrUpdatedItem\">",
                        "<o:anyType i:type=\"NewOrUpdatedItem\" xmlns=\"" + Namespaces.CHANGES + "\">");
        String shadowed = turned.replace(
                "i:type=\"c:string\" xmlns:c=\"" + Namespaces.SCHEMA + "\"",
                "i:type=\"o:string\" xmlns:o=\"" + Namespaces.SCHEMA + "\"");

        assertThat(shadowed).contains("i:type=\"o:string\"", "i:type=\"NewOrUpdatedItem\"");
        assertThat(texts(read(shadowed))).isEqualTo(texts(read(WHOLE)));
    }

    @Test
    void aTypeIsThatOfItsNamespaceAndNotOfItsLetters() {
        String foreign = WHOLE.replace("xmlns:c=\"" + Namespaces.SCHEMA + "\"", "xmlns:c=\"urn:elsewhere\"");

        assertThatThrownBy(() -> read(foreign))
                .isInstanceOf(ServiceFault.Permanent.class)
                .hasMessage(
                        "The column name has the type string, which is not known; leave it out with the option select,"
                                + " or read the table with api=webApi");
    }

    @Test
    void aPrefixThatStandsForNothingIsRefused() {
        assertRefused(WHOLE.replace("i:type=\"c:string\"", "i:type=\"z:string\""), "a prefix that stands for nothing");
        assertRefused(WHOLE.replace("i:type=\"c:string\"", ""), "an element without a type");
    }

    @Test
    void aFaultIsNoPage() throws Exception {
        assertThat(ChangesReader.read(body(SampleEnvelopes.fault(-2147204270L, "Expired", "")), context(query(""))))
                .isEmpty();
    }

    @Test
    @ProvesFault("D8")
    void everyBeginningOfAPageIsRefused() {
        byte[] whole = WHOLE.getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> ChangesReader.read(body(cut), context(query(""))))
                    .as("the first %d bytes", length)
                    .isInstanceOf(MalformedPageException.class);
        }
    }

    @Test
    @ProvesFault("D8")
    void whatStandsBehindAPageMakesItNone() {
        assertRefused(WHOLE + "x", "no whole XML document");
        assertRefused(WHOLE + WHOLE, "no whole XML document");
    }

    /** Whatever becomes of a page: it is read or refused, and nothing else happens. */
    @Test
    @ProvesFault("D8")
    void aPageWithAccidentsIsReadOrRefused() {
        SplittableRandom random = new SplittableRandom(Long.getLong("lab.seed", 20_260_301L));
        byte[] whole = WHOLE.getBytes(StandardCharsets.UTF_8);
        int pages = Math.max(3_000, Integer.getInteger("lab.pages", 0) / 10);
        int read = 0;
        for (int page = 0; page < pages; page++) {
            byte[] mutated = mutated(whole, random);
            try {
                ChangesReader.read(body(mutated), context(query("")));
                read++;
            } catch (MalformedPageException | ServiceFault e) {
                assertThat(e.getMessage()).isNotEmpty();
            } catch (RuntimeException e) {
                throw new AssertionError(new String(mutated, StandardCharsets.ISO_8859_1), e);
            }
        }
        assertThat(read).isBetween(pages / 100, pages - pages / 10);
    }

    private static byte[] mutated(byte[] whole, SplittableRandom random) {
        byte[] mutated = whole.clone();
        int at = random.nextInt(whole.length);
        switch (random.nextInt(4)) {
            case 0 -> mutated[at] = (byte) random.nextInt(256);
            case 1 -> mutated[at] = (byte) "<>&\"'/:;= ".charAt(random.nextInt(10));
            case 2 -> mutated = Arrays.copyOf(whole, at);
            default -> {
                int length = random.nextInt(Math.min(40, whole.length - at));
                System.arraycopy(whole, random.nextInt(whole.length - length), mutated, at, length);
            }
        }
        return mutated;
    }

    @Test
    @ProvesFault("S11")
    void aDocumentTypeIsRefusedBeforeAnythingGrows() {
        String laughs = "<!DOCTYPE s [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>";

        assertRefused(laughs + WHOLE, "declares or names an entity");
        assertRefused(laughs + WHOLE.replace("Contoso", "&b;"), "declares or names an entity");
        assertRefused(WHOLE.replace("Contoso", "&b;"), "declares or names an entity");
    }

    @Test
    @ProvesFault("S11")
    void nothingOutsideOfTheAnswerIsRead(@TempDir Path directory) throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "canary");
        try (ServerSocket elsewhere = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            elsewhere.setSoTimeout(50);
            String address = "http://localhost:" + elsewhere.getLocalPort() + "/x.dtd";
            assertRefused("<!DOCTYPE s SYSTEM \"" + address + "\">" + WHOLE, "declares or names an entity");
            assertRefused(
                    "<!DOCTYPE s [<!ENTITY % p SYSTEM \"" + address + "\"> %p;]>" + WHOLE,
                    "declares or names an entity");
            String file = "<!DOCTYPE s [<!ENTITY f SYSTEM \"" + secret.toUri() + "\">]>";
            assertRefused(file + WHOLE.replace("Contoso", "&f;"), "declares or names an entity");
            assertThatThrownBy(elsewhere::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void bytesThatAreNoCharactersAreRefused() {
        byte[] bytes = WHOLE.getBytes(StandardCharsets.UTF_8);
        bytes[WHOLE.indexOf("Contoso")] = (byte) 0xC0;

        assertThatThrownBy(() -> ChangesReader.read(body(bytes), context(query(""))))
                .hasMessage("The answer holds bytes that are no UTF-8");
        assertRefused(new String(WHOLE.getBytes(StandardCharsets.UTF_16), StandardCharsets.ISO_8859_1), "");
    }

    @Test
    void aByteOrderMarkAndAnXmlDeclarationDoNotMatter() throws Exception {
        String declared = "\uFEFF<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><!-- c -->" + WHOLE + "\n<!-- d -->\n";

        assertThat(texts(read(declared))).isEqualTo(texts(read(WHOLE)));
    }

    @Test
    void nestingHasAnEnd() {
        assertRefused(
                WHOLE.replace("<a:RelatedEntities/>", "<x>".repeat(100) + "</x>".repeat(100)),
                "nests its elements deeper than 64");
        assertRefused(WHOLE.replace("<s:Body>", "<x>".repeat(100_000)), "nests its elements deeper than 64");
    }

    @Test
    @ProvesFault("S10")
    void aRowHasALongestSizeAndSoHaveTheRowsOfAPage() {
        PageContext small = context(query(""), 100, 1 << 20);
        assertThatThrownBy(() -> ChangesReader.read(body(WHOLE), small))
                .isInstanceOf(MalformedPageException.class)
                .hasMessage("Row 0 is larger than 100 bytes (maxRowBytes)");
        PageContext few = context(query(""), 1 << 16, 300);
        assertThatThrownBy(() -> ChangesReader.read(body(lastPage(NAMED, NAMED, NAMED)), few))
                .isInstanceOf(MalformedPageException.class)
                .hasMessageContaining("maxPageBytes");
    }

    @Test
    @ProvesFault("S9")
    void theTextsOfOneChangeHaveALongestSizeTogether() throws Exception {
        String tenth = "x".repeat(7000);
        String[] columns = IntStream.range(0, 10)
                .mapToObj(i -> SampleEnvelopes.attribute("c" + i, SampleEnvelopes.simple("string", tenth)))
                .toArray(String[]::new);
        String[] nine = Arrays.copyOf(columns, 9);
        PageContext limits = context(query(""), 1 << 16, 1 << 20);

        assertThat(ChangesReader.read(
                                body(lastPage(SampleEnvelopes.upsert(nine), SampleEnvelopes.upsert(nine))), limits)
                        .orElseThrow()
                        .changes())
                .hasSize(2);
        assertThatThrownBy(() -> ChangesReader.read(body(lastPage(SampleEnvelopes.upsert(columns))), limits))
                .isInstanceOf(MalformedPageException.class)
                .hasMessageContaining("texts of more than 65536 characters in one place (maxRowBytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Changes", "MoreRecords"})
    void whatAPageMustSayMustBeThere(String member) {
        assertRefused(WHOLE.replace("<o:" + member + ">", "<o:Else>").replace("</o:" + member + ">", "</o:Else>"), "");
    }

    @Test
    @ProvesFault("D4")
    void nothingIsPassedOver() {
        assertRefused(
                WHOLE.replace("o:NewOrUpdatedItem", "o:SomethingElse"), "Change 0 is of a kind that is not known");
        assertRefused(WHOLE.replace("o:RemovedOrDeletedItem", "o:Moved"), "Change 1 is of a kind that is not known");
        assertRefused(WHOLE.replace("o:NewOrUpdatedEntity", "o:Other"), "Change 0 has not one NewOrUpdatedEntity");
        assertRefused(WHOLE.replace(">EntityChanges<", ">BusinessEntityChanges<"), "has no changes");
        assertRefused(WHOLE.replace(">account<", ">contact<"), "Change 0 is one of another table");
        assertRefused(WHOLE.replace("<b:key>name</b:key>", ""), "a value without a key");
        assertRefused(
                WHOLE.replace("<o:MoreRecords>false", "<o:MoreRecords>perhaps"), "whether there are more records");
        assertRefused(WHOLE.replace("<o:MoreRecords>", "<o:MoreRecords>false</o:MoreRecords><o:MoreRecords>"), "twice");
        assertRefused(WHOLE.replace(">" + ID + "</a:Id>", ">1-1-1-1-1</a:Id>"), "an id that is no GUID");
        assertRefused(WHOLE.replace("<o:Changes>", "<o:Changes>text"), "text between its elements");
        assertRefused(
                lastPage(upsert(attribute("name", simple("string", "a")), attribute("name", simple("string", "b")))),
                "one column twice");
    }

    @Test
    void aSentenceHoldsNothingOfARow() {
        assertThatThrownBy(() -> read(WHOLE.replace("Contoso", "canary</b:nonsense>")))
                .isInstanceOf(MalformedPageException.class)
                .hasMessageMatching("Change 0: The answer is no whole XML document: it breaks at character \\d+")
                .hasNoCause();
    }

    @Test
    void anAnswerThatIsSomethingElseIsRefused() {
        assertRefused("", "no whole XML document");
        assertRefused("{}", "no whole XML document");
        assertRefused("<html><body>Bad gateway</body></html>", "no SOAP envelope");
        assertRefused(SampleEnvelopes.envelope(""), "has no changes");
    }

    private static java.util.List<String> texts(ServedPage page) {
        return page.changes().stream().map(change -> change.row().text()).toList();
    }

    private static ServedPage read(String text) throws Exception {
        return ChangesReader.read(body(text), context(query(""))).orElseThrow();
    }

    private static void assertRefused(String text, String sentence) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(MalformedPageException.class)
                .hasMessageContaining(sentence);
    }
}
