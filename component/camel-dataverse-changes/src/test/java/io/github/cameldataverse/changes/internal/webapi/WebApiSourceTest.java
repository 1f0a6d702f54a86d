package io.github.cameldataverse.changes.internal.webapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.change.Change;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.ProvesSentence;
import io.github.cameldataverse.changes.harness.http.LoopbackServer;
import io.github.cameldataverse.changes.harness.http.RawServer;
import io.github.cameldataverse.changes.harness.http.WiredDataverseClient;
import io.github.cameldataverse.changes.internal.source.Page;
import io.github.cameldataverse.changes.internal.source.PageLimits;
import io.github.cameldataverse.changes.internal.source.TableDefinition;
import io.github.cameldataverse.changes.internal.source.TrackingQuery;
import io.github.cameldataverse.changes.internal.webapi.page.SamplePages;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.Phase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WebApiSourceTest {

    private static final TableDefinition ACCOUNT = new TableDefinition("account", "accounts", "accountid");

    private LoopbackServer server;
    private WiredDataverseClient line;
    private WebApiSource tracking;
    private Checkpoint loadStart;
    private Checkpoint midLoad;
    private Checkpoint deltaStart;
    private Checkpoint midDelta;

    @BeforeEach
    void open() throws Exception {
        server = new LoopbackServer();
        line = new WiredDataverseClient(server.origin());
        tracking = tracking("");
        loadStart = Checkpoint.first(Phase.INITIAL, Instant.EPOCH, "f");
        midLoad = loadStart.nextPage(link("$skiptoken=%3cx%3e"), 2);
        deltaStart = loadStart.nextRound(link("$deltatoken=1%2102%2f2022"), Instant.EPOCH);
        midDelta = deltaStart.nextPage(link("$skiptoken=2"), 2);
    }

    @AfterEach
    void close() throws Exception {
        line.close();
        server.close();
    }

    @Test
    @ProvesSentence({"current-13", "2021-4"})
    void theFirstPageOfALoadAsksForTracking() throws Exception {
        answer(200, page(link("$deltatoken=1"), null, SamplePages.row(1)));

        Page page = tracking.page(ACCOUNT, loadStart);

        assertThat(page.changes()).extracting(Change::id).containsExactly(SamplePages.id(1));
        assertThat(page.next()).isEqualTo(new Page.RoundEnd(link("$deltatoken=1")));
        LoopbackServer.Request request = server.requests().get(0);
        assertThat(request.target()).isEqualTo("/api/data/v9.2/accounts?$select=name");
        assertThat(request.header("Prefer")).isEqualTo("odata.track-changes,odata.maxpagesize=100");
        assertThat(request.header("Accept")).isEqualTo("application/json");
        assertThat(request.header("OData-Version")).isEqualTo("4.0");
        assertThat(request.header("OData-MaxVersion")).isEqualTo("4.0");
        assertThat(request.header("If-None-Match")).isEqualTo("null");
    }

    @Test
    @ProvesSentence({"current-15", "2021-5"})
    void everyOtherPageIsAskedForByItsLinkToTheLetterAndWithThePageSize() throws Exception {
        answer(200, page(null, link("$skiptoken=3"), SamplePages.row(1)));

        assertThat(tracking.page(ACCOUNT, midLoad).next()).isEqualTo(new Page.MorePages(link("$skiptoken=3")));
        assertThat(tracking.page(ACCOUNT, deltaStart).next()).isEqualTo(new Page.MorePages(link("$skiptoken=3")));

        assertThat(server.requests())
                .extracting(LoopbackServer.Request::target)
                .containsExactly(
                        "/api/data/v9.2/accounts?$select=name&$skiptoken=%3cx%3e",
                        "/api/data/v9.2/accounts?$select=name&$deltatoken=1%2102%2f2022");
        assertThat(server.requests())
                .extracting(request -> request.header("Prefer"))
                .containsOnly("odata.maxpagesize=100");
    }

    @Test
    void aRelativeLinkIsMadeAbsolute() throws Exception {
        answer(200, page(null, "accounts?$skiptoken=3"));
        assertThat(tracking.page(ACCOUNT, midLoad).next())
                .isEqualTo(new Page.MorePages(server.apiRoot() + "accounts?$skiptoken=3"));

        answer(200, page("?$deltatoken=%21", null));
        assertThat(tracking.page(ACCOUNT, midLoad).next())
                .isEqualTo(new Page.RoundEnd(server.apiRoot() + "accounts?$deltatoken=%21"));
    }

    @Test
    void aTombstoneBelongsToItsRound() throws Exception {
        answer(200, page(link("$deltatoken=2"), null, SamplePages.tombstone(7)));

        assertThat(tracking.page(ACCOUNT, deltaStart).changes())
                .extracting(Change::key)
                .containsExactly(SamplePages.id(7) + "!2");
    }

    @Test
    @ProvesFault("P9")
    void noChangesAndANewLinkEndARound() throws Exception {
        answer(200, page(link("$deltatoken=2"), null));

        Page page = tracking.page(ACCOUNT, deltaStart);

        assertThat(page.changes()).isEmpty();
        assertThat(page.next()).isEqualTo(new Page.RoundEnd(link("$deltatoken=2")));
    }

    @ParameterizedTest
    @CsvSource({"200, {}", "200, ''", "204, ''", "200, '{\"@odata.context\":\"x\"}'"})
    @ProvesFault("P9")
    void nothingAtTheStartOfADeltaMeansUnchanged(int status, String body) throws Exception {
        answer(status, body);

        assertThat(tracking.page(ACCOUNT, deltaStart)).isEqualTo(new Page(List.of(), new Page.Unchanged()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"@odata.context\":\"x\"}"})
    @ProvesFault({"P9", "P8"})
    void aPageWithoutItsRowsIsNoPage(String nothing) {
        String ends = nothing.replace(
                "}", (nothing.length() > 2 ? "," : "") + "\"@odata.deltaLink\":\"" + link("$deltatoken=2") + "\"}");
        String goesOn = ends.replace("deltaLink", "nextLink");
        for (String body : List.of(nothing, ends, goesOn)) {
            answer(200, body);
            for (Checkpoint checkpoint : List.of(loadStart, midLoad, midDelta)) {
                assertRowsAreMissed(checkpoint);
            }
        }
        for (String body : List.of(ends, goesOn)) {
            answer(200, body);
            assertRowsAreMissed(deltaStart);
        }
    }

    private void assertRowsAreMissed(Checkpoint checkpoint) {
        assertThat(faultAt(checkpoint))
                .isInstanceOf(ServiceFault.Transient.class)
                .hasMessageContaining("nothing of it was delivered: It has no member value");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Message\":\"No HTTP resource was found\"}",
                "{\"access_denied\":true,\"reason\":\"x\"}",
                "{\"code\":\"200\",\"message\":\"ok\"}",
                "{\"d\":{\"results\":[]}}",
                "{\"@odata.deltaLink\":\"LINK\",\"Message\":\"x\"}"
            })
    @ProvesFault({"N8", "P8"})
    void anObjectOfAnotherKindIsNoPageAnywhere(String body) {
        answer(200, body.replace("LINK", link("$deltatoken=2")));
        for (Checkpoint checkpoint : List.of(loadStart, midLoad, deltaStart, midDelta)) {
            assertThat(faultAt(checkpoint))
                    .isInstanceOf(ServiceFault.Transient.class)
                    .hasMessageContaining("an object of another kind");
        }
    }

    @Test
    @ProvesFault("P20")
    void aBareErrorWithAGoodStatusIsTheErrorToo() {
        answer(200, "{\"code\":\"80044352\",\"message\":\"Version stamp has expired.\"}");
        assertThat(faultAt(deltaStart)).isInstanceOf(ServiceFault.TokenExpired.class);

        answer(200, "{\"code\":\"0x80072322\",\"message\":\"Number of requests exceeded the limit\"}");
        assertThat(faultAt(deltaStart)).isInstanceOf(ServiceFault.Throttled.class);
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\n\\r\\n', unchanged",
        "'HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\n\\r\\n', unchanged",
        "'HTTP/1.1 204 No Content\\r\\n\\r\\n', unchanged",
        "'HTTP/1.1 200 OK\\r\\n\\r\\n', cut",
        "'HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\n\\r\\n', cut",
        "'HTTP/1.1 200 OK\\r\\nContent-Type: appl', cut"
    })
    @ProvesFault({"N5", "P9"})
    void anAnswerWithoutABodyHasToSayThatItHasNone(String written, String meaning) throws Exception {
        byte[] bytes = written.replace("\\r", "\r").replace("\\n", "\n").getBytes(StandardCharsets.ISO_8859_1);
        try (RawServer raw = new RawServer((request, out) -> out.write(bytes));
                WiredDataverseClient client = new WiredDataverseClient(raw.origin())) {
            String root = raw.origin() + "/api/data/v9.2/";
            WebApiSource source = tracking("", client, root);
            Checkpoint start = loadStart.nextRound(root + "accounts?$deltatoken=1", Instant.EPOCH);
            if (meaning.equals("unchanged")) {
                assertThat(source.page(ACCOUNT, start).next()).isEqualTo(new Page.Unchanged());
            } else {
                assertThatThrownBy(() -> source.page(ACCOUNT, start)).isInstanceOf(ServiceFault.Transient.class);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"200", "204"})
    void nothingAnywhereElseIsAskedForAgain(int status) {
        answer(status, "");

        for (Checkpoint checkpoint : List.of(loadStart, midLoad, midDelta)) {
            assertThat(faultAt(checkpoint))
                    .isInstanceOf(ServiceFault.Transient.class)
                    .hasMessage("The service sent an empty answer where a page of the table account was due");
        }
    }

    @Test
    @ProvesFault({"P7", "P8"})
    void aLastPageWithoutADeltaLinkIsAFaultAndNeverTheEnd() {
        for (String body : List.of("{\"value\":[]}", "{\"value\":[" + SamplePages.row(1) + "]}")) {
            answer(200, body);
            for (Checkpoint checkpoint : List.of(loadStart, midLoad, deltaStart, midDelta)) {
                assertThat(faultAt(checkpoint))
                        .isInstanceOf(ServiceFault.Permanent.class)
                        .hasMessage(
                                "The service sent a last page without a deltaLink, so it is not known where the next round"
                                        + " starts; is the table still enabled for change tracking?");
            }
        }
    }

    @Test
    void withAnnotationsTheReasonMayBeAnOldDefect() {
        tracking = tracking("*");
        answer(200, "{\"value\":[]}");

        assertThat(faultAt(loadStart)).hasMessageEndingWith("try without includeAnnotations");
        assertThat(server.requests().get(0).header("Prefer")).endsWith(",odata.include-annotations=\"*\"");
    }

    @Test
    @ProvesFault("P8")
    void aPageWithBothLinksIsRefused() {
        answer(200, page(link("$deltatoken=2"), link("$skiptoken=2")));

        assertThat(faultAt(deltaStart))
                .isInstanceOf(ServiceFault.Permanent.class)
                .hasMessage("The service sent a page with both a nextLink and a deltaLink");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "contacts?$select=name&$deltatoken=2",
                "accounts/x?$select=name&$deltatoken=2",
                "otheraccounts?$deltatoken=2"
            })
    @ProvesFault("P8")
    @ProvesSentence({"current-16", "current-31", "2021-6", "2021-15"})
    void aPageWithALinkToAnotherTableIsRefused(String link) {
        for (String body : List.of(page(link, null, SamplePages.row(1)), page(null, link, SamplePages.row(1)))) {
            answer(200, body);
            assertThat(faultAt(deltaStart))
                    .isInstanceOf(ServiceFault.Permanent.class)
                    .hasMessageContaining("leads to /api/data/v<version>/accounts");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WhoAmI()/accounts?$deltatoken=2",
                "DeleteAll/accounts?$deltatoken=2",
                "%252e%252e/evil/accounts?$deltatoken=2",
                "accounts/?$deltatoken=2",
                "accounts(1)?$deltatoken=2",
                "accounts;x?$deltatoken=2"
            })
    @ProvesFault({"P8", "P18", "S1"})
    void aLinkThroughAnythingElseIsNeitherKeptNorFollowedFromTheStore(String link) {
        for (String body : List.of(page(link, null, SamplePages.row(1)), page(null, link, SamplePages.row(1)))) {
            answer(200, body);
            ServiceFault fault = faultAt(deltaStart);
            assertThat(fault).isInstanceOf(ServiceFault.Permanent.class).hasMessageContaining("Nothing was sent to it");
            assertThat(fault.getHttpResponseCode()).isZero();
        }
        int asked = server.requests().size();
        for (Checkpoint stored : List.of(
                loadStart.nextRound(server.apiRoot() + link, Instant.EPOCH),
                loadStart.nextPage(server.apiRoot() + link, 2))) {
            assertThat(faultAt(stored))
                    .isInstanceOf(ServiceFault.Permanent.class)
                    .hasMessageContaining("Nothing was sent to it");
        }
        assertThat(catchThrowableOfType(ServiceFault.class, () -> new WebApiTableQueries(
                                line.client(), server.apiRoot(), Duration.ofMinutes(1))
                        .count(ACCOUNT, server.apiRoot() + link)))
                .hasMessageContaining("Nothing was sent to it");
        assertThat(server.requests()).hasSize(asked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "accounts?$deltatoken=2",
                "Accounts?$select=name&$deltatoken=2",
                "?$select=accountid,%20NAME&$deltatoken=2",
                "?$skiptoken=%3Cx%20select=%22accountnumber%22/%3E",
                "accounts"
            })
    void whatElseStandsInALinkIsTheAffairOfTheService(String link) throws Exception {
        answer(200, page(link, null, SamplePages.row(1)));

        assertThat(tracking.page(ACCOUNT, deltaStart).changes()).hasSize(1);
    }

    @Test
    @ProvesFault("P19")
    void whatIsHarmlessInAnAnswerIsTolerated() throws Exception {
        String annotated =
                "{\"@odata.etag\":\"W/\\\"7\\\"\",\"@odata.type\":\"#x\",\"name@OData.Community.Display.V1.x\":"
                        + "{\"value\":[1]},\"name\":\"x\",\"accountid\":\"" + SamplePages.id(1)
                        + "\",\"x@odata.nextLink\":\"no\"}";
        String page = page(link("$deltatoken=2"), null, annotated);
        for (String type :
                List.of("text/plain", "application/json;charset=utf-16", "application/json;odata.metadata=full")) {
            for (String mark : List.of("", "\uFEFF")) {
                server.answering(LoopbackServer.bytes(
                        200, (mark + page).getBytes("UTF-8"), type, "OData-Version", "3.0", "X-Odd", "\u0001"));
                assertThat(tracking.page(ACCOUNT, deltaStart).changes())
                        .extracting(change -> change.row().text())
                        .containsExactly(annotated);
            }
        }
        for (String charset : List.of("UTF-16LE", "UTF-16BE", "ISO-8859-1")) {
            server.answering(LoopbackServer.bytes(
                    200, page.replace("\"x\"", "\"\u00e9\"").getBytes(charset), "application/json;charset=" + charset));
            assertThat(faultAt(deltaStart)).isInstanceOf(ServiceFault.Transient.class);
        }
    }

    @Test
    @ProvesFault("P12")
    void aPageOfMoreRowsThanWereAskedForIsTakenUpToTheBytesThatAreAllowed() throws Exception {
        String page = SamplePages.widePage(5_001).replace(SamplePages.ROOT, server.apiRoot());
        int bytes = page.getBytes("UTF-8").length;
        server.answering(LoopbackServer.json(200, page));
        try (WiredDataverseClient enough = new WiredDataverseClient(server.origin()).maxBytes(bytes);
                WiredDataverseClient tooFew = new WiredDataverseClient(server.origin()).maxBytes(bytes - 1)) {
            assertThat(tracking("", enough).page(ACCOUNT, deltaStart).changes()).hasSize(5_001);
            assertThatThrownBy(() -> tracking("", tooFew).page(ACCOUNT, deltaStart))
                    .isInstanceOf(ServiceFault.Permanent.class)
                    .hasMessageContaining("larger than " + (bytes - 1) + " bytes")
                    .hasMessageContaining("maxPageSize");
        }
    }

    @Test
    void aPageThatIsWrongIsNoRefusalOfItsLink() {
        // A refused link sends the reader back to the start of its round, which would read such a page again for ever.
        for (String body : List.of("{\"value\":[]}", page(link("$deltatoken=2"), link("$skiptoken=2")))) {
            answer(200, body);
            assertThat(faultAt(midLoad).getHttpResponseCode()).isZero();
        }
        answer(400, "{\"error\":{\"code\":\"0x8004112A\",\"message\":\"Invalid page number in paging cookie.\"}}");
        assertThat(faultAt(midLoad).getHttpResponseCode()).isEqualTo(400);
    }

    @Test
    @ProvesFault({"P18", "S1"})
    void aForeignLinkIsNeitherFollowedNorKept() throws Exception {
        try (LoopbackServer evil = new LoopbackServer()) {
            for (String body : List.of(
                    page(evil.apiRoot() + "accounts?$deltatoken=1", null, SamplePages.row(1)),
                    page(null, evil.apiRoot() + "accounts?$skiptoken=1", SamplePages.row(1)))) {
                answer(200, body);
                ServiceFault fault = faultAt(deltaStart);
                assertThat(fault).isInstanceOf(ServiceFault.Permanent.class).hasMessageContaining("additionalOrigins");
                assertThat(fault.getHttpResponseCode()).isZero();
            }
            Checkpoint stolen = loadStart.nextRound(evil.apiRoot() + "accounts?$deltatoken=1", Instant.EPOCH);
            assertThat(faultAt(stolen)).isInstanceOf(ServiceFault.Permanent.class);
            assertThat(evil.requests()).isEmpty();
        }
    }

    @Test
    @ProvesFault("P20")
    void anErrorWithAGoodStatusIsTheError() {
        answer(200, "{\"error\":{\"code\":\"0x80044352\",\"message\":\"Version stamp has expired.\"}}");
        assertThat(faultAt(deltaStart)).isInstanceOf(ServiceFault.TokenExpired.class);

        answer(200, "{\"value\":[],\"error\":{\"code\":\"0x80072322\",\"message\":\"Number of requests\"}}");
        assertThat(faultAt(deltaStart)).isInstanceOf(ServiceFault.Throttled.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<rows>Canary</rows>", "{\"value\":[{\"x\": Canary}]}", "{\"value\":[", "Canary"})
    @ProvesFault({"N8", "S18"})
    void aBodyThatIsNoPageIsTransientAndNotQuoted(String body) {
        answer(200, body);

        ServiceFault fault = faultAt(deltaStart);

        assertThat(fault)
                .isInstanceOf(ServiceFault.Transient.class)
                .hasMessageStartingWith(
                        "The service sent a page of the table account that cannot be used, and nothing of it"
                                + " was delivered: The answer is no whole JSON object");
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContain("Canary");
        }
    }

    /** The service writes no page in HTML, so what it says is no row. */
    @Test
    @ProvesFault("N8")
    void ofAPageInHtmlWithAGoodStatusItIsSaidThatAnotherOneAnsweredAndWithWhichWords() {
        answer(200, "<html><script>let hidden</script><h1>Down for</h1> maintenance</html>");
        assertThat(faultAt(deltaStart))
                .isInstanceOf(ServiceFault.Transient.class)
                .hasMessageStartingWith(
                        "Something between this process and the service answered the request for the table"
                                + " account in its place (HTTP 200): Down for maintenance. ")
                .hasMessageNotContaining("hidden");
    }

    @Test
    @ProvesFault("D4")
    void aRowThatCannotBeUsedRefusesItsPage() {
        answer(200, page(link("$deltatoken=2"), null, SamplePages.row(1), "{\"name\":\"x\"}"));

        assertThat(faultAt(deltaStart))
                .isInstanceOf(ServiceFault.Transient.class)
                .hasMessageEndingWith("Row 1 has no accountid");
    }

    @Test
    @ProvesFault({"P5", "N8"})
    void aBareGoneIsNoExpiredToken() {
        answer(410, "");

        for (Checkpoint checkpoint : List.of(loadStart, midLoad, deltaStart, midDelta)) {
            assertThat(faultAt(checkpoint)).isInstanceOf(ServiceFault.Permanent.class);
        }
    }

    @Test
    @ProvesFault("P5")
    void aTokenExpiresOnlyWhereOneWasSent() {
        answer(410, "{\"error\":{\"code\":\"0x80044352\",\"message\":\"Version stamp has expired.\"}}");

        assertThat(faultAt(loadStart)).isInstanceOf(ServiceFault.Permanent.class);
        assertThat(faultAt(midLoad)).isInstanceOf(ServiceFault.TokenExpired.class);
        assertThat(faultAt(deltaStart)).isInstanceOf(ServiceFault.TokenExpired.class);
        assertThat(faultAt(midDelta)).isInstanceOf(ServiceFault.TokenExpired.class);
    }

    private WebApiSource tracking(String annotations) {
        return tracking(annotations, line);
    }

    private WebApiSource tracking(String annotations, WiredDataverseClient line) {
        return tracking(annotations, line, server.apiRoot());
    }

    private static WebApiSource tracking(String annotations, WiredDataverseClient line, String apiRoot) {
        TrackingQuery query = new TrackingQuery(ChangeTrackingApi.WEB_API, apiRoot, List.of("name"), annotations, 100);
        return new WebApiSource(line.client(), query, new PageLimits(1 << 20, 1 << 22, Duration.ofMinutes(10)));
    }

    private ServiceFault faultAt(Checkpoint checkpoint) {
        return catchThrowableOfType(ServiceFault.class, () -> tracking.page(ACCOUNT, checkpoint));
    }

    private void answer(int status, String body) {
        server.answering(LoopbackServer.json(status, body));
    }

    private String link(String token) {
        return server.apiRoot() + "accounts?$select=name&" + token;
    }

    private static String page(String deltaLink, String nextLink, String... rows) {
        return "{\"@odata.context\":\"x\""
                + (deltaLink == null ? "" : ",\"@odata.deltaLink\":\"" + deltaLink + "\"")
                + ",\"value\":[" + String.join(",", rows) + "]"
                + (nextLink == null ? "" : ",\"@odata.nextLink\":\"" + nextLink + "\"") + "}";
    }
}
