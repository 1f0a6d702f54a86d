package io.github.cameldataverse.changes.internal.webapi;

import static io.github.cameldataverse.changes.internal.webapi.page.SamplePages.NOW;
import static io.github.cameldataverse.changes.internal.webapi.page.SamplePages.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.source.FaultTable;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ODataFaultsTest {

    private static final Duration CAP = Duration.ofMinutes(10);

    private final ODataFaults byLink = new ODataFaults("account", FaultTable.Reference.TOKEN, CAP);
    private final ODataFaults byNoLink = new ODataFaults("account", FaultTable.Reference.NONE, CAP);

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 204, 299})
    void aGoodAnswerIsNoFault(int status) {
        assertThatCode(() -> byLink.check(answer(status, "{}"))).doesNotThrowAnyException();
    }

    // The code table of the platform: status, code, kind of fault.
    @ParameterizedTest
    @CsvSource({
        "400, 0x80044352, TokenExpired",
        "404, 0x80044352, TokenExpired",
        "403, 0x80044352, TokenExpired",
        "410, 0x80044352, TokenExpired",
        "500, 0x80044352, TokenExpired",
        "503, 0x80044352, TokenExpired",
        "400, -2147204270, TokenExpired",
        "410, '', Permanent",
        "410, 0x0, Permanent",
        "400, 0x80040203, TokenExpired",
        "400, 80040203, TokenExpired",
        "400, 0x8004112A, TokenExpired",
        "404, 0x8004430A, TokenExpired",
        "400, 0x80041103, Permanent",
        "500, -2147220989, TokenExpired",
        "429, '', Throttled",
        "429, 0x80072321, Throttled",
        "429, 0x80072322, Throttled",
        "429, 0x80072326, Throttled",
        "400, 0x80072321, Throttled",
        "400, 0x80072322, Throttled",
        "400, 0x80072326, Throttled",
        "503, 0x80072321, Throttled",
        "503, 0x80072322, Throttled",
        "503, -2147015898, Throttled",
        "400, 0x8005F103, Throttled",
        "400, 0x80072323, Throttled",
        "400, 0x80072324, Throttled",
        "401, '', Unauthorized",
        "403, 0x80040220, Forbidden",
        "403, '', Forbidden",
        "400, 0x80040220, Forbidden",
        "500, 0x80040220, Forbidden",
        "400, 0x80072491, Permanent",
        "500, 0x80072491, Permanent",
        "400, 0x80072492, Permanent",
        "400, 0x80060888, Permanent",
        "404, 0x80060888, Permanent",
        "400, 0x0, Permanent",
        "404, 0x80040217, Permanent",
        "405, '', Permanent",
        "407, '', Permanent",
        "412, '', Permanent",
        "413, '', Permanent",
        "418, '', Permanent",
        "501, '', Permanent",
        "301, '', Permanent",
        "302, '', Permanent",
        "303, '', Permanent",
        "307, '', Permanent",
        "308, '', Permanent",
        "304, '', Permanent",
        "408, '', Transient",
        "500, '', Transient",
        "500, 0x80040216, Transient",
        "502, '', Transient",
        "503, '', Transient",
        "504, '', Transient",
        "400, 0x80044151, Transient",
        "400, 0x80044150, Transient",
        "400, 0x80060882, Transient",
        "520, '', Transient",
        "403, 0x80095FFE, Forbidden",
        "403, 0x8004A104, Forbidden",
        "500, 0x80040225, Forbidden",
    })
    @ProvesFault({"P1", "P2", "P4", "P5"})
    void theCodeDecidesAndThenTheStatus(int status, String code, String kind) {
        Answer answer = answer(status, "{\"error\":{\"code\":\"" + code + "\",\"message\":\"words of the platform\"}}");

        ServiceFault fault = faultOf(byLink, answer);

        assertThat(fault.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(fault.getHttpResponseCode()).isEqualTo(status);
        assertThat(fault.getErrorCode().isEmpty()).isEqualTo(code.isEmpty());
        if (status / 100 != 3) {
            assertThat(fault).hasMessageContaining("words of the platform");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "403, 0x80040220, application user",
        "403, 0x80048306, application user",
        "403, 0x80072560, application user",
        "403, 0x80095FFE, to the firewall",
        "403, 0x8004A104, enable the environment again",
        "403, 0x80040225, Enable it again among the application users"
    })
    @ProvesFault("P4")
    void theRemedyOfARefusalFollowsItsCode(int status, String code, String remedy) {
        Answer answer = answer(status, "{\"error\":{\"code\":\"" + code + "\",\"message\":\"m\"}}");

        assertThat(faultOf(byLink, answer))
                .hasMessageContaining("m (" + code + ")")
                .hasMessageContaining(remedy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"error\":{\"code\":\"0x80012345\",\"message\":\"m\"}}", "<html>Blocked</html>", ""})
    @ProvesFault({"P4", "N8"})
    void a403OfAnotherCodeOrOfAGatewayGivesNoAdviceOnRoles(String body) {
        assertThat(faultOf(byLink, answer(403, body)))
                .isInstanceOf(ServiceFault.Forbidden.class)
                .hasMessageContaining("HTTP 403")
                .message()
                .doesNotContain("role");
    }

    @ParameterizedTest
    @CsvSource({
        "400, 0x80040203, Permanent",
        "410, '', Permanent",
        "400, 0x80044352, Permanent",
        "410, 0x80044352, Permanent",
        "500, 0x80044352, Transient"
    })
    void withoutALinkNoTokenCanHaveExpired(int status, String code, String kind) {
        Answer answer = answer(status, "{\"error\":{\"code\":\"" + code + "\",\"message\":\"m\"}}");

        assertThat(faultOf(byNoLink, answer).getClass().getSimpleName()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"429, 30, 30", "503, 30, 30", "400, 30, 30", "429, 1000000000, 600", "429, soon, 5", "429, -1, 5"})
    @ProvesFault("P1")
    void aThrottledReaderKnowsUntilWhen(int status, String header, long seconds) {
        Answer answer = answer(
                status,
                "{\"error\":{\"code\":\"0x80072322\",\"message\":\"Number of requests\"}}",
                "Retry-After",
                header);

        ServiceFault.Throttled fault = (ServiceFault.Throttled) faultOf(byLink, answer);

        assertThat(fault.until()).isEqualTo(NOW.plusSeconds(seconds));
        assertThat(fault)
                .hasMessage("The service asks to wait until " + NOW.plusSeconds(seconds)
                        + ": Number of requests (0x80072322)");
    }

    @Test
    void aGatewayThatSaysWhenToComeBackIsObeyed() {
        assertThat(faultOf(byLink, answer(503, "<html/>", "Retry-After", "7")))
                .isInstanceOfSatisfying(ServiceFault.Throttled.class, fault -> assertThat(fault.until())
                        .isEqualTo(NOW.plusSeconds(7)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | 0x80044352 | The service no longer knows the delta token of the table account: m (0x80044352)."
                        + " It is too old, or the definition of the table was changed; changes since then cannot be told one by one",
                "401 | '' | The service refused a fresh access token: m. Check that the application belongs to the tenant"
                        + " of the organization, and that organizationUrl is right",
                "403 | 0x80040220 | The application may not read the changes of the table account: m (0x80040220). Make it"
                        + " an application user of the organization with a role that can read this table at organization"
                        + " level",
                "400 | 0x80072491 | The service refused the request for the table account (HTTP 400): m (0x80072491)."
                        + " Turn on \"Track changes\" in the advanced options of the table in Power Apps; it cannot be"
                        + " turned off again",
                "400 | 0x0 | The service refused the request for the table account (HTTP 400): m",
                "502 | '' | The service failed (HTTP 502): m"
            })
    @ProvesFault({"P4", "S21"})
    void theSentenceSaysWhatToDo(int status, String code, String sentence) {
        Answer answer = answer(status, "{\"error\":{\"code\":\"" + code + "\",\"message\":\"m\"}}");

        assertThat(faultOf(byLink, answer)).hasMessage(sentence);
    }

    @ParameterizedTest
    @CsvSource({
        "https://login.example/x?token=secret, login.example",
        "http://user:secret@login.example/x, login.example",
        "/relative?secret, null",
        "'http://bad host/secret', an unreadable address",
        "'', null"
    })
    @ProvesFault("S3")
    void aRedirectNamesTheHostAlone(String location, String host) {
        assertThat(faultOf(byLink, answer(302, "", "Location", location)))
                .hasMessageStartingWith("The service, or something between it and this process, redirects to "
                        + host.replace("null", "an address of its own") + " (HTTP 302). ")
                .hasMessageNotContaining("secret");
        assertThat(faultOf(byLink, answer(302, "")))
                .hasMessageStartingWith(
                        "The service, or something between it and this process, redirects to an unknown place (HTTP 302). ");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410, 429, 500, 502, 503})
    @ProvesFault({"N8", "S18"})
    void theFirstWordsOfAGatewayAreQuotedAndNothingThatMayBeARow(int status) {
        ServiceFault page =
                faultOf(byLink, answer(status, "<html>\r\nBad <b>route</b></html>", "Content-Type", "text/html"));
        assertThat(page).hasMessageContaining("an answer of the type text/html, 31 bytes, \"Bad route\"");
        assertThat(page.getErrorCode()).isEmpty();
        assertThat(faultOf(byLink, answer(status, "upstream\nerror", "Content-Type", "text/plain")))
                .hasMessageContaining("text/plain, 14 bytes, \"upstream error\"");
        assertThat(faultOf(byLink, answer(status, ""))).hasMessageContaining("0 bytes");
        for (String row : List.of("{\"name\":\"Canary\"}", "[\"Canary\"]", "<a:Name>Canary</a:Name>", "\"Canary\"")) {
            for (String type : List.of("text/html", "text/plain", "application/json", "text/xml")) {
                assertThat(faultOf(byLink, answer(status, row, "Content-Type", type)))
                        .hasMessageNotContaining("Canary");
            }
        }
        assertThat(faultOf(byLink, answer(status, "Canary", "Content-Type", "text/csv")))
                .hasMessageNotContaining("Canary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"code\":\"\",\"message\":\"m\"}}",
                "{\"error\":{\"message\":\"m\"}}",
                "{\"error\":{\"code\":404,\"message\":\"m\"}}",
                "{\"code\":\"404\",\"message\":\"m\"}",
                "{\"statusCode\":404,\"message\":\"m\"}",
                "{\"error\":\"invalid_token\",\"error_description\":\"0x80044352\"}",
                "{\"Message\":\"0x80044352\"}",
                "0x80044352",
                "<html>Version stamp associated with the client has expired. (0x80044352)</html>"
            })
    @ProvesFault({"P5", "N8"})
    void whatIsNotRecognisablyOfTheServiceIsNoExpiredTokenAndHasNoCode(String body) {
        ServiceFault fault = faultOf(byLink, answer(404, body));

        assertThat(fault).isInstanceOf(ServiceFault.Permanent.class);
        assertThat(fault.getErrorCode()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"code\":\"0x80044352\",\"message\":\"m\"}', 0x80044352",
        "'{\"code\":\"80044352\",\"message\":\"m\"}', 0x80044352",
        "'{\"code\":-2147204270,\"message\":\"m\"}', 0x80044352",
        "'{\"error\":{\"code\":\"80044352\"}}', 0x80044352",
    })
    @ProvesFault("P5")
    void aBareErrorIsReadLikeAnEnvelopedOne(String body, String code) {
        ServiceFault fault = faultOf(byLink, answer(400, body));

        assertThat(fault).isInstanceOf(ServiceFault.TokenExpired.class);
        assertThat(fault.getErrorCode()).isEqualTo(code);
    }

    @Test
    @ProvesFault("N8")
    void aGatewayThatForbidsIsNoMissingPrivilege() {
        assertThat(faultOf(byLink, answer(403, "<html>Blocked by policy</html>", "Content-Type", "text/html")))
                .isInstanceOf(ServiceFault.Forbidden.class)
                .hasMessage(
                        "Something between this process and the service answered the request for the table account in its"
                                + " place (HTTP 403): an answer of the type text/html, 30 bytes, \"Blocked by policy\". Look at the"
                                + " proxy (http.proxyHost), the firewall or the gateway on the way, and at organizationUrl; such an"
                                + " answer moves no token");
    }

    private static ServiceFault faultOf(ODataFaults faults, Answer answer) {
        return catchThrowableOfType(ServiceFault.class, () -> faults.check(answer));
    }
}
