package io.github.cameldataverse.changes.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.http.LoopbackServer;
import io.github.cameldataverse.changes.harness.http.LoopbackServer.Reply;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What stands between the reader and the service answers in its place: that says nothing of a link or a token of the service,
 * so the reader keeps its place. What the service itself says does.
 */
@Timeout(120)
class ForeignAnswersTest {

    private static final int PAGE = 16;
    private static final String UNKNOWN_CODE = "0x80060888";

    static Stream<Arguments> foreignAnswers() {
        List<Arguments> answers = new ArrayList<>();
        for (ChangeTrackingApi api : ChangeTrackingApi.values()) {
            for (int status : new int[] {302, 400, 404, 405, 407, 410, 413, 421, 451, 501, 511}) {
                answers.add(Arguments.of(api, status, "text/html", "<html><body><h1>Sorry</h1> nginx</body></html>"));
            }
            answers.add(Arguments.of(api, 410, "application/json", ""));
            answers.add(Arguments.of(api, 400, "text/plain", "no route"));
            answers.add(Arguments.of(api, 404, "application/json", "{\"Message\":\"No HTTP resource was found\"}"));
            answers.add(Arguments.of(
                    api, 404, "application/json", "{\"error\":{\"code\":\"404\",\"message\":\"No route\"}}"));
            answers.add(
                    Arguments.of(api, 400, "application/json", "{\"error\":{\"code\":\"\",\"message\":\"Bad link\"}}"));
            answers.add(Arguments.of(
                    api,
                    400,
                    "text/xml",
                    "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><s:Fault>"
                            + "<faultstring>No such action</faultstring></s:Fault></s:Body></s:Envelope>"));
        }
        return answers.stream();
    }

    @ParameterizedTest
    @MethodSource("foreignAnswers")
    @ProvesFault({"N8", "N11", "P6", "P17"})
    void aForeignAnswerInTheMiddleOfALoadKeepsThePlaceHoweverOftenItComes(
            ChangeTrackingApi api, int status, String type, String body) throws Exception {
        try (PagedAccounts accounts = new PagedAccounts(api);
                ConsumerRoute reader = accounts.reader()) {
            accounts.alwaysInsteadOfPage(PAGE, foreign(status, type, body));
            reader.start();
            await().until(() -> accounts.timesAsked(PAGE) >= 4);
            assertThat(reader.word()).isEqualTo(Word.FAULTED);
            assertThat(reader.message()).doesNotContain("refused the link", "starts again");
            accounts.heal();
            await().until(() -> reader.word() == Word.UP && accounts.timesAskedForADelta() > 0);
            assertThat(reader.types()).hasSize(PagedAccounts.ROWS).containsOnly("upsert");
            assertThat(reader.keys()).doesNotHaveDuplicates();
            assertThat(phases(reader)).containsOnly("initial");
            assertThat(accounts.timesAsked(1)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("foreignAnswers")
    @ProvesFault({"N8", "N11", "P5", "P17"})
    void aForeignAnswerAtTheStartOfADeltaIsNoExpiredToken(ChangeTrackingApi api, int status, String type, String body)
            throws Exception {
        try (PagedAccounts accounts = new PagedAccounts(api);
                ConsumerRoute reader = accounts.reader().with("onTokenExpired", "resync")) {
            accounts.alwaysInsteadOfTheStartOfADelta(foreign(status, type, body));
            reader.start();
            await().until(() -> accounts.timesAskedForADelta() >= 4);
            assertThat(reader.word()).isEqualTo(Word.FAULTED);
            accounts.heal();
            accounts.change();
            await().until(() -> reader.received().size() > PagedAccounts.ROWS);
            assertThat(reader.types()).hasSize(PagedAccounts.ROWS + 1).containsOnly("upsert");
            assertThat(phases(reader).get(PagedAccounts.ROWS)).isEqualTo("delta");
            assertThat(accounts.timesAsked(1)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(ChangeTrackingApi.class)
    @ProvesFault("N8")
    void theSentenceSaysThatItWasNotTheServiceAndWhatItSaidAndWhatToDo(ChangeTrackingApi api) throws Exception {
        String page = "<html><head><title>403</title><style>h1 {}</style></head><body>\r\n<h1>Blocked</h1>"
                + "<script>x()</script><p>by the\u001b[31m gateway</p>" + "y".repeat(500) + "</body></html>";
        try (PagedAccounts accounts = new PagedAccounts(api);
                ConsumerRoute reader = accounts.reader()) {
            accounts.alwaysInsteadOfPage(PAGE, foreign(404, "text/html; charset=utf-8", page));
            reader.start();
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message())
                    .contains(
                            "Something between this process and the service answered the request for the table account")
                    .contains("in its place (HTTP 404): an answer of the type text/html; charset=utf-8, ")
                    .contains("403 Blocked by the [31m gateway yyyy")
                    .contains("proxy")
                    .doesNotContain("y".repeat(100), "x()", "h1");
        }
    }

    @ParameterizedTest
    @EnumSource(ChangeTrackingApi.class)
    @ProvesFault("P6")
    void aCodeForTokensOrCookiesInTheMiddleOfALoadSendsTheRoundBackAtOnce(ChangeTrackingApi api) throws Exception {
        for (String code : List.of("0x80044352", "0x80040203", "0x8004112A", "0x8004430A")) {
            try (PagedAccounts accounts = new PagedAccounts(api);
                    ConsumerRoute reader = accounts.reader()) {
                accounts.insteadOfPage(PAGE, accounts.refusal(400, code, "The token is not one"));
                reader.start();
                await().until(() -> reader.types().contains("resyncCompleted"));
                assertThat(accounts.timesAsked(1)).isEqualTo(2);
                assertThat(accounts.timesAsked(PAGE)).isEqualTo(2);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ChangeTrackingApi.class)
    @ProvesFault("P6")
    void threeEqualRefusalsOfTheServiceSendTheRoundBack(ChangeTrackingApi api) throws Exception {
        try (PagedAccounts accounts = new PagedAccounts(api);
                ConsumerRoute reader = accounts.reader()) {
            Reply refusal = accounts.refusal(400, UNKNOWN_CODE, "Something is wrong with the link");
            accounts.insteadOfPage(PAGE, refusal, refusal, refusal);
            reader.start();
            await().until(() -> reader.types().contains("resyncCompleted"));
            assertThat(accounts.timesAsked(1)).isEqualTo(2);
            assertThat(accounts.timesAsked(PAGE)).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @EnumSource(ChangeTrackingApi.class)
    @ProvesFault("P6")
    void refusalsThatDifferKeepThePlace(ChangeTrackingApi api) throws Exception {
        try (PagedAccounts accounts = new PagedAccounts(api);
                ConsumerRoute reader = accounts.reader()) {
            accounts.insteadOfPage(
                    PAGE,
                    IntStream.range(0, 9)
                            .mapToObj(i -> accounts.refusal(400, i % 3 == 0 ? "0x80061234" : UNKNOWN_CODE, "Wrong"))
                            .toArray(Reply[]::new));
            reader.start();
            await().until(() -> reader.received().size() >= PagedAccounts.ROWS);
            assertThat(reader.types()).hasSize(PagedAccounts.ROWS).containsOnly("upsert");
            assertThat(accounts.timesAsked(1)).isEqualTo(1);
            assertThat(accounts.timesAsked(PAGE)).isEqualTo(10);
        }
    }

    @ParameterizedTest
    @EnumSource(ChangeTrackingApi.class)
    @ProvesFault("P6")
    void anotherAnswerInBetweenBeginsTheCountAnew(ChangeTrackingApi api) throws Exception {
        try (PagedAccounts accounts = new PagedAccounts(api);
                ConsumerRoute reader = accounts.reader()) {
            Reply refusal = accounts.refusal(400, UNKNOWN_CODE, "Wrong");
            Reply gateway = foreign(503, "text/html", "<html>Busy</html>");
            accounts.insteadOfPage(PAGE, refusal, refusal, gateway, refusal, refusal);
            reader.start();
            await().until(() -> reader.received().size() >= PagedAccounts.ROWS);
            assertThat(reader.types()).hasSize(PagedAccounts.ROWS).containsOnly("upsert");
            assertThat(accounts.timesAsked(1)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(ChangeTrackingApi.class)
    @ProvesFault("P6")
    void aFailureOfTheServiceIsNoRefusalOfALink(ChangeTrackingApi api) throws Exception {
        try (PagedAccounts accounts = new PagedAccounts(api);
                ConsumerRoute reader = accounts.reader()) {
            Reply failure = accounts.refusal(500, "0x80040216", "An unexpected error occurred.");
            accounts.insteadOfPage(PAGE, failure, failure, failure, failure, failure);
            reader.start();
            await().until(() -> reader.received().size() >= PagedAccounts.ROWS);
            assertThat(reader.types()).hasSize(PagedAccounts.ROWS).containsOnly("upsert");
            assertThat(accounts.timesAsked(1)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(ChangeTrackingApi.class)
    @ProvesFault("P5")
    void aBareErrorOfTheServiceCountsAsAnEnvelopedOne(ChangeTrackingApi api) throws Exception {
        Reply bare = api == ChangeTrackingApi.WEB_API
                ? LoopbackServer.json(400, "{\"code\":\"80044352\",\"message\":\"Version stamp has expired.\"}")
                : null;
        try (PagedAccounts accounts = new PagedAccounts(api);
                ConsumerRoute reader = accounts.reader().with("onTokenExpired", "resync")) {
            accounts.insteadOfTheStartOfADelta(
                    Objects.requireNonNullElse(bare, accounts.refusal(400, "0x80044352", "Expired")));
            reader.start();
            await().until(() -> reader.types().contains("resyncCompleted"));
            assertThat(reader.types()).hasSize(2 * PagedAccounts.ROWS + 2);
        }
    }

    private static Reply foreign(int status, String type, String body) {
        return LoopbackServer.bytes(
                status, body.getBytes(StandardCharsets.UTF_8), type, "Location", "https://portal.example/sign-in");
    }

    private static List<Object> phases(ConsumerRoute reader) {
        return reader.received().stream()
                .map(received -> received.headers().get(DataverseChangesConstants.PHASE))
                .toList();
    }
}
