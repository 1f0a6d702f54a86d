package io.github.cameldataverse.changes.testkit.faults;

import static io.github.cameldataverse.changes.testkit.harness.WebApiClient.TRACK;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldataverse.changes.testkit.harness.SimulatorTest;
import io.github.cameldataverse.changes.testkit.harness.SoapCall;
import io.github.cameldataverse.changes.testkit.harness.SoapReply;
import io.github.cameldataverse.changes.testkit.harness.WebApiClient;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every fault that changes an answer; those of the connection are in {@link ConnectionFaultsTest}. */
class FaultsTest extends SimulatorTest {
    private static final String LOAD = "accounts?$select=name";

    @BeforeEach
    void threeAccounts() {
        createAccounts(3);
    }

    @Test
    void throttledSaysWhenToTryAgainInSecondsAsADateOrNotAtAll() {
        assertThat(responseWith(new Throttled(7)).header("Retry-After")).isEqualTo("7");
        assertThat(responseWith(Throttled.until(Instant.parse("2026-11-21T20:00:00Z")))
                        .header("Retry-After"))
                .isEqualTo("Sat, 21 Nov 2026 20:00:00 GMT");
        assertThat(responseWith(Throttled.retryAfter("soon")).header("Retry-After"))
                .isEqualTo("soon");
        WebApiClient.Reply silent = responseWith(Throttled.withoutRetryAfter());
        assertThat(silent.header("Retry-After")).isEmpty();
        assertThat(silent.status()).isEqualTo(429);
        assertThat(silent.code()).isEqualTo("0x80072322");
    }

    @Test
    void throttledKnowsAllThreeLimits() {
        assertThat(responseWith(new Throttled(1).code("0x80072321")).message()).startsWith("Combined execution time");
        assertThat(responseWith(new Throttled(1).code("0x80072326")).message()).contains("concurrent");
        assertThat(responseWith(new Throttled(1)).message())
                .startsWith("Number of requests exceeded the limit of 6000");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void anUnavailableServiceAnswersInHtml(int status) {
        WebApiClient.Reply reply = responseWith(new ServiceUnavailable(status));
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).isEqualTo("text/html");
        assertThat(reply.body()).startsWith("<html>");
    }

    @Test
    void unauthorizedNamesAnAuthorityThatMayBeEvil() {
        WebApiClient.Reply reply = responseWith(new Unauthorized("https://evil.example/oauth2/authorize"));
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate"))
                .isEqualTo("Bearer authorization_uri=https://evil.example/oauth2/authorize, resource_id="
                        + SIMULATOR.organizationUrl() + "/");
        assertThat(responseWith(new Unauthorized()).header("WWW-Authenticate")).contains("login.microsoftonline.com");
    }

    @Test
    void refusalsHaveTheirStatusAndCode() {
        assertRefused(new Forbidden(), 403, "0x80040220");
        assertRefused(new TokenExpired(), 400, "0x80044352");
        assertRefused(new TokenExpired(410), 410, "0x80044352");
        assertRefused(new InvalidDeltaToken(), 400, "0x80040203");
        assertRefused(new InvalidDeltaToken("0x80060888"), 400, "0x80060888");
        assertRefused(new ErrorInside200(), 200, "0x80040216");
        assertRefused(new ErrorResponse(418, "0x1", "No"), 418, "0x1");
        assertThat(responseWith(new Gone()).status()).isEqualTo(410);
        assertThat(responseWith(new Gone()).body()).isEmpty();
    }

    @Test
    void aNextLinkIsRefusedAndOtherRequestsAreNot() {
        SIMULATOR.faults().next(new RefusedNextLink());
        WebApiClient.Reply first = client().get(LOAD, TRACK, "odata.maxpagesize=2");
        assertThat(first.status()).isEqualTo(200);
        WebApiClient.Reply second =
                WebApiClient.get(URI.create(first.json().get("@odata.nextLink").asText()));
        assertThat(second.status()).isEqualTo(400);
        assertThat(second.code()).isEqualTo("0x8004112A");
    }

    @Test
    void linksAreMissingOrBothThereOrRelativeOrForeign() {
        assertThat(responseWith(new MissingDeltaLink()).json().has("@odata.deltaLink"))
                .isFalse();
        assertThat(responseWith(new BothLinks()).json().has("@odata.nextLink")).isTrue();
        assertThat(responseWith(new BothLinks()).json().has("@odata.deltaLink")).isTrue();
        assertThat(deltaLink(responseWith(new RelativeLink())))
                .startsWith("/api/data/v9.2/accounts?$select=name&$deltatoken=");
        assertThat(deltaLink(responseWith(new RelativeLink(RelativeLink.Begin.ENTITY_SET))))
                .startsWith("accounts?$select=name&$deltatoken=");
        assertThat(deltaLink(responseWith(new LinkToOtherHost("https://evil.example/x"))))
                .isEqualTo("https://evil.example/x");
        assertThat(deltaLink(responseWith(new LinkToOtherHost(link -> link + "&more=1"))))
                .endsWith("&more=1");
    }

    @Test
    void theDeltaLinkIsMissingFromTheLastPageWhicheverThatIs() {
        SIMULATOR.faults().next(new MissingDeltaLink());
        List<JsonNode> pages = WebApiClient.pages(client().api(LOAD), TRACK, "odata.maxpagesize=1");
        assertThat(pages).hasSize(3);
        assertThat(pages.get(2).has("@odata.deltaLink")).isFalse();
        assertThat(SIMULATOR.faults().injected()).isEqualTo(1);
        assertThat(client().get(LOAD, TRACK).json().has("@odata.deltaLink")).isTrue();
    }

    @Test
    void everyForeignShapeDiffersFromTheProperLink() {
        URI stranger = URI.create("http://127.0.0.1:1");
        Map<String, Fault> shapes = DisguisedLinks.all(SIMULATOR.organizationUrl(), stranger);
        assertThat(shapes).hasSizeGreaterThanOrEqualTo(10);
        String own = SIMULATOR.organizationUrl() + "/api";
        shapes.forEach((shape, fault) -> assertThat(deltaLink(responseWith(fault)))
                .as(shape)
                .doesNotStartWith(own)
                .contains("deltatoken"));
    }

    @Test
    void aNextLinkLeadsToItself() {
        WebApiClient.Reply reply = responseWith(new NextLinkCycle());
        assertThat(reply.json().get("@odata.nextLink").asText())
                .isEqualTo(client().api(LOAD).toString());
        assertThat(reply.json().has("@odata.deltaLink")).isFalse();
    }

    @Test
    void bodiesAreEmptyOrNoJsonOrHaveMoreAroundThem() {
        assertThat(responseWith(new EmptyObject()).body()).isEqualTo("{}");
        assertThat(responseWith(new EmptyBody()).body()).isEmpty();
        assertThat(responseWith(new EmptyBody()).status()).isEqualTo(200);
        assertThat(responseWith(new NoContent204()).status()).isEqualTo(204);
        assertThat(responseWith(new HtmlBody()).header("Content-Type")).startsWith("text/html");
        assertThat(responseWith(new ExtraBytes()).body()).endsWith("}{}");
        assertThat(responseWith(new ByteOrderMark()).body()).startsWith("\uFEFF{");
    }

    @Test
    void theFirstRowIsMalformed() {
        assertThat(responseWith(MalformedRow.without("accountid"))
                        .json()
                        .at("/value/0")
                        .has("accountid"))
                .isFalse();
        assertThat(responseWith(MalformedRow.with("accountid", "../x"))
                        .json()
                        .at("/value/0/accountid")
                        .asText())
                .isEqualTo("../x");
        assertThat(responseWith(MalformedRow.notAnObject())
                        .json()
                        .at("/value/0")
                        .isTextual())
                .isTrue();
    }

    @Test
    void aPageComesTwice() {
        SIMULATOR.faults().next(new DuplicatePage());
        List<JsonNode> rows = WebApiClient.values(WebApiClient.pages(client().api(LOAD), TRACK, "odata.maxpagesize=2"));
        assertThat(rows)
                .extracting(row -> row.get("name").asText())
                .containsExactly("Account 0", "Account 1", "Account 0", "Account 1", "Account 2");
    }

    @Test
    void aPageIsNotSentAgainInAnswerToTheSameRequest() {
        SIMULATOR.faults().always(new DuplicatePage());
        String proper = client().get(LOAD).body();
        assertThat(client().get(LOAD).body()).isEqualTo(proper);
        assertThat(SIMULATOR.faults().injected()).isZero();
        assertThat(client().get("accounts?$select=fax").body()).isEqualTo(proper);
        assertThat(SIMULATOR.faults().injected()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectLeadsElsewhere(int status) {
        WebApiClient.Reply reply = responseWith(new Redirect(status, "https://evil.example/"));
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("Location")).isEqualTo("https://evil.example/");
    }

    @Test
    void numbersKeepEveryDigitWhenAPageIsChanged() {
        accounts().create(Map.of("name", "Exact", "revenue", new BigDecimal("100.1000")));
        SIMULATOR.faults().next(new MissingDeltaLink());
        assertThat(client().get("accounts?$select=revenue", TRACK).body()).contains("\"revenue\":100.1000,");
    }

    @Test
    void faultsAreInjectedInTheirOrderAndOnlyIntoMatchingResponses() {
        SIMULATOR.faults().always(new Gone()).next(2, new NoContent204()).onNth(2, new EmptyObject());
        assertThat(status()).isEqualTo(204);
        assertThat(client().get(LOAD).body()).isEqualTo("{}");
        assertThat(status()).isEqualTo(204);
        assertThat(status()).isEqualTo(410);
        assertThat(client().get("EntityDefinitions").status()).isEqualTo(200);
        assertThat(SIMULATOR.faults().injected()).isEqualTo(4);
        SIMULATOR.faults().clear();
        assertThat(status()).isEqualTo(200);
    }

    @Test
    void aFaultWithAConditionIsInjectedIntoAllMatchingResponses() {
        SIMULATOR.faults().where(path -> path.contains("EntityDefinitions")).next(new Throttled(1));
        assertThat(status()).isEqualTo(200);
        assertThat(client().get("EntityDefinitions").status()).isEqualTo(429);
        assertThat(client().get("EntityDefinitions").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 404, 405, 407, 410, 413, 421, 451, 501, 511})
    void aForeignAnswerIsTheSameForBothApisAtAnyPage(int status) {
        URI second = URI.create(client().get(LOAD, TRACK, "odata.maxpagesize=2")
                .json()
                .get("@odata.nextLink")
                .asText());
        SIMULATOR
                .faults()
                .whereRequest(request -> request.query().has("$skiptoken"))
                .next(ForeignResponse.html(status).header("Location", "https://gateway.example/"))
                .whereRequest(request -> request.body().contains("RetrieveEntityChanges"))
                .next(ForeignResponse.html(status));
        assertThat(client().get(LOAD, TRACK).status()).isEqualTo(200);
        WebApiClient.Reply reply = WebApiClient.get(second);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).isEqualTo("text/html");
        assertThat(reply.header("Location")).isEqualTo("https://gateway.example/");
        assertThat(reply.header("OData-Version")).isEmpty();
        SoapReply soap = SoapCall.of(SIMULATOR, "account", "name").send();
        assertThat(soap.status()).isEqualTo(status);
        assertThat(soap.body()).isEqualTo(reply.body()).startsWith("<html>");
    }

    @Test
    void aForeignAnswerMayHaveAnyBodyOrNone() {
        WebApiClient.Reply empty = responseWith(ForeignResponse.empty(511));
        assertThat(empty.status()).isEqualTo(511);
        assertThat(empty.body()).isEmpty();
        assertThat(empty.header("Content-Type")).isEmpty();
        WebApiClient.Reply json = responseWith(new ForeignResponse(400, "application/json", "{\"fault\":\"quota\"}"));
        assertThat(json.header("Content-Type")).isEqualTo("application/json");
        assertThat(json.body()).isEqualTo("{\"fault\":\"quota\"}");
        assertThat(responseWith(ForeignResponse.empty(304)).status()).isEqualTo(304);
    }

    @Test
    void somethingElseHappensMeanwhile() {
        SIMULATOR.faults().onNth(2, new Callback(() -> createAccounts(1)));
        List<JsonNode> pages = WebApiClient.pages(client().api(LOAD), TRACK, "odata.maxpagesize=2");
        assertThat(WebApiClient.values(pages)).hasSize(3);
        assertThat(accounts().size()).isEqualTo(4);
    }

    @Test
    void aResponseShowsWhatHappensBeforeItIsMadeAndNotWhatHappensAfter() {
        SIMULATOR.faults().next(new Callback(() -> createAccounts(1))).next(Callback.after(() -> createAccounts(1)));
        assertThat(client().get(LOAD).json().get("value")).hasSize(4);
        assertThat(client().get(LOAD).json().get("value")).hasSize(4);
        assertThat(client().get(LOAD).json().get("value")).hasSize(5);
    }

    @Test
    void aFaultOfOnesOwnIsALambda() {
        SIMULATOR.faults().next((request, proper) -> proper.get().header("X-Mine", request.method()));
        assertThat(client().get(LOAD).header("X-Mine")).isEqualTo("GET");
    }

    private static int status() {
        return client().get(LOAD).status();
    }

    private static WebApiClient.Reply responseWith(Fault fault) {
        SIMULATOR.faults().next(fault);
        return client().get(LOAD, TRACK);
    }

    private static void assertRefused(Fault fault, int status, String code) {
        WebApiClient.Reply reply = responseWith(fault);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
    }

    private static String deltaLink(WebApiClient.Reply reply) {
        return reply.json().get("@odata.deltaLink").asText();
    }
}
