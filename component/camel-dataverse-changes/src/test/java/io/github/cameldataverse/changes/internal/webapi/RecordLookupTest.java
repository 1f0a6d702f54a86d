package io.github.cameldataverse.changes.internal.webapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.auth.AccessToken;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.http.LoopbackServer;
import io.github.cameldataverse.changes.harness.http.LoopbackServer.Reply;
import io.github.cameldataverse.changes.harness.http.LoopbackServer.Request;
import io.github.cameldataverse.changes.harness.http.WiredDataverseClient;
import io.github.cameldataverse.changes.internal.source.TableDefinition;
import io.github.cameldataverse.changes.internal.source.TableQueries;
import io.github.cameldataverse.changes.internal.source.TableQueries.RecordState;
import io.github.cameldataverse.changes.internal.webapi.page.SamplePages;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether records are there, asked in groups. The answers are written as the document on batches has them. */
@Timeout(60)
class RecordLookupTest {

    private static final TableDefinition ACCOUNT = new TableDefinition("account", "accounts", "accountid");
    private static final String A = SamplePages.id(1);
    private static final String B = SamplePages.id(2);
    private static final String C = SamplePages.id(3);
    private static final String BOUNDARY = "batchresponse_f44bd09d-573f-4a30-bca0-2e500ee7e139";
    private static final String TYPE = "multipart/mixed; boundary=" + BOUNDARY;

    private final Map<String, RecordState> told = new LinkedHashMap<>();
    private LoopbackServer server;
    private WiredDataverseClient line;
    private TableQueries queries;

    @BeforeEach
    void open() throws Exception {
        server = new LoopbackServer();
        line = new WiredDataverseClient(server.origin());
        queries = queries(line);
    }

    @AfterEach
    void close() throws Exception {
        line.close();
        server.close();
    }

    @Test
    void aGroupIsAskedForAsTheDocumentHasIt() throws Exception {
        answers(lives(A), gone(B));

        ask(A, B);

        assertThat(told).containsExactly(Map.entry(A, RecordState.LIVES), Map.entry(B, RecordState.GONE));
        Request request = server.requests().get(0);
        assertThat(request.method() + " " + request.target()).isEqualTo("POST /api/data/v9.2/$batch");
        assertThat(request.header("Prefer")).isEqualTo("odata.continue-on-error");
        assertThat(request.header("Accept")).isEqualTo("application/json");
        assertThat(request.header("If-None-Match")).isEqualTo("null");
        assertThat(request.header("OData-Version")).isEqualTo("4.0");
        assertThat(request.header("Authorization")).isEqualTo("Bearer " + WiredDataverseClient.TOKEN);
        assertThat(request.header("Content-Type")).matches("multipart/mixed; boundary=\"batch_[0-9a-f-]{36}\"");
        String boundary = request.header("Content-Type").replaceAll(".*\"(.*)\"", "$1");
        assertThat(request.body()).isEqualTo(asked(boundary, A) + asked(boundary, B) + "--" + boundary + "--\r\n");
    }

    private static String asked(String boundary, String id) {
        return "--" + boundary + "\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
                + "GET /api/data/v9.2/accounts(" + id
                + ")?$select=accountid HTTP/1.1\r\nAccept: application/json\r\n\r\n\r\n";
    }

    /** The request inside of another one does not have its headers. */
    @Test
    void aGroupIsAskedForInTheNameOfTheUserForWhomTheApplicationActs() throws Exception {
        UUID user = UUID.randomUUID();
        answers(lives(A));

        new WebApiTableQueries(line.client().impersonating(user), server.apiRoot(), Duration.ofMinutes(10))
                .states(ACCOUNT, List.of(A), told::put);

        assertThat(server.requests().get(0).header("CallerObjectId")).isEqualTo(user.toString());
        assertThat(server.requests().get(0).body()).contains("\r\nCallerObjectId: " + user + "\r\n");
    }

    @Test
    void noMoreThanAHundredAreAskedForAtOnce() throws Exception {
        List<String> ids =
                IntStream.rangeClosed(1, 201).mapToObj(SamplePages::id).toList();
        server.answering(exchange -> {
            Request last = server.requests().get(server.requests().size() - 1);
            Reply reply =
                    batch(askedIn(last).stream().map(RecordLookupTest::gone).toArray(String[]::new));
            reply.to(exchange);
        });

        queries.states(ACCOUNT, ids, told::put);

        assertThat(server.requests())
                .extracting(request -> askedIn(request).size())
                .containsExactly(100, 100, 1);
        assertThat(told.keySet()).containsExactlyElementsOf(ids);
        assertThat(told.values()).containsOnly(RecordState.GONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 408})
    @ProvesFault("P2")
    void aPartThatFailedIsAskedForAgainAndTheOthersStayAnswered(int status) throws Exception {
        queries = queries(line.maxRetries(1));
        server.then(batch(gone(A), part(status, "Failed", "", "<html/>"), lives(C)));
        server.then(batch(gone(B)));

        ask(A, B, C);

        assertThat(told).isEqualTo(Map.of(A, RecordState.GONE, B, RecordState.GONE, C, RecordState.LIVES));
        assertThat(server.requests()).hasSize(2);
        assertThat(askedIn(server.requests().get(1))).containsExactly(B);
    }

    @Test
    @ProvesFault("P1")
    void aPartThatIsThrottledMakesAllWaitAndTheOthersStayAnswered() {
        answers(gone(A), part(429, "Too Many Requests", "Retry-After: 42\r\n", error("0x80072322", "wait")), lives(C));

        ServiceFault.Throttled fault = catchThrowableOfType(ServiceFault.Throttled.class, () -> ask(A, B, C));

        assertThat(fault.until())
                .isBetween(Instant.now().plusSeconds(32), Instant.now().plusSeconds(42));
        assertThat(told).isEqualTo(Map.of(A, RecordState.GONE, C, RecordState.LIVES));
        ServiceFault.Throttled next = catchThrowableOfType(ServiceFault.Throttled.class, () -> ask(B));
        assertThat(next).hasMessageContaining("another reader");
        assertThat(server.requests()).as("the budget holds all of them back").hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "404, 0x80060888, Resource not found for the segment, Permanent",
        "404, '', nothing, Permanent",
        "400, 0x80040217, Does Not Exist, Permanent",
        "403, 0x80040220, no privilege, Forbidden",
        "401, '', who, Unauthorized"
    })
    void aPartThatFailedForGoodIsToldByItsFaultAndTheOthersStayAnswered(
            int status, String code, String message, String kind) {
        answers(gone(A), part(status, "No", "", error(code, message)), part(500, "Failed", "", ""));

        ServiceFault fault = catchThrowableOfType(ServiceFault.class, () -> ask(A, B, C));

        assertThat(fault.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(fault).hasMessageContaining(message);
        assertThat(told).isEqualTo(Map.of(A, RecordState.GONE));
    }

    static Stream<Arguments> unusable() {
        String whole = body(gone(A), gone(B));
        String last = "--" + BOUNDARY + "--";
        return Stream.of(
                Arguments.of("ends before its last boundary", TYPE, whole.substring(0, whole.indexOf(last))),
                Arguments.of("ends before its last boundary", TYPE, whole.substring(0, whole.length() - 3)),
                Arguments.of("ends before its last boundary", TYPE, whole.replace("\r\n" + last, last)),
                Arguments.of("ends before its last boundary", TYPE.replace("f44b", "f44c"), whole),
                Arguments.of("ends before its last boundary", TYPE, ""),
                Arguments.of("names no boundary", "multipart/mixed", whole),
                Arguments.of("names no boundary", "multipart/mixed; boundary=" + "b".repeat(71), whole),
                Arguments.of("no part", TYPE, last),
                Arguments.of("more than 2 parts", TYPE, body(gone(A), gone(B), gone(C))),
                Arguments.of("part 1 of it is no HTTP answer", TYPE, whole.replace("application/http", "text/plain")),
                Arguments.of("part 1 of it is no HTTP answer", TYPE, whole.replace("HTTP/1.1 404", "ICY 404")),
                Arguments.of("part 1 of it is no HTTP answer", TYPE, whole.replace("1.1 404 Not Found", "1.1 4o4")),
                Arguments.of("part 2 of it is no HTTP answer", TYPE, body(gone(A), "\r\n\r\n")),
                Arguments.of("part 2 of it is no HTTP answer", TYPE, body(gone(A), "")),
                Arguments.of(
                        "part 2 of it is no HTTP answer",
                        TYPE,
                        body(gone(A), part(404, "x".repeat(9000), "", error("0x80040217", "gone")))),
                Arguments.of(
                        "part 2 of it is no HTTP answer",
                        TYPE,
                        body(gone(A), part(404, "No", "X: 1\r\n".repeat(200), error("0x80040217", "gone")))),
                Arguments.of("something", "application/json", "{\"responses\":[]}"),
                Arguments.of("something", "text/html", "<html>sign in</html>"));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    @ProvesFault("N6")
    void anAnswerThatIsNotWholeTellsOfNoRecord(String why, String type, String body) {
        server.answering(LoopbackServer.bytes(200, latin1(body), type));

        ServiceFault fault = catchThrowableOfType(ServiceFault.class, () -> ask(A, B));

        assertThat(fault).isInstanceOf(ServiceFault.Transient.class);
        assertThat(told).isEmpty();
        if (!why.equals("something")) {
            assertThat(fault).hasMessageContaining(why).hasMessageContaining("$batch of 2 questions");
        }
    }

    static Stream<Arguments> unusual() {
        String usual = body(gone(A), lives(B));
        return Stream.of(
                Arguments.of("LF alone", TYPE, usual.replace("\r\n", "\n")),
                Arguments.of("quotes", "Multipart/Mixed; Boundary=\"" + BOUNDARY + "\"", usual),
                Arguments.of("other parameters", "multipart/mixed; charset=utf-8; boundary=" + BOUNDARY, usual),
                Arguments.of("texts around", TYPE, "before\r\n" + usual + "after\r\n"),
                Arguments.of("no line break at the end", TYPE, usual.stripTrailing()),
                Arguments.of(
                        "blanks behind the boundary", TYPE, usual.replace(BOUNDARY + "\r\n", BOUNDARY + " \t\r\n")),
                Arguments.of(
                        "a boundary that goes on",
                        TYPE,
                        usual.replace("\"error\"", "\r\n--" + BOUNDARY + "0\"error\"")
                                .replace("\r\n--" + BOUNDARY + "0", "")),
                Arguments.of(
                        "an empty line in front of the status",
                        TYPE,
                        usual.replace("HTTP/1.1 404", "\r\nHTTP/1.1 404")),
                Arguments.of("a number of the part", TYPE, usual.replace("binary\r\n", "binary\r\nContent-ID: 7\r\n")),
                Arguments.of(
                        "a request id",
                        TYPE,
                        usual.replace("404 Not Found\r\n", "404 Not Found\r\nREQ_ID: de4c5227\r\n")));
    }

    @ParameterizedTest
    @MethodSource("unusual")
    void whatTheStandardsAllowIsRead(String what, String type, String body) throws Exception {
        server.answering(LoopbackServer.bytes(200, latin1(body), type));

        ask(A, B);

        assertThat(told).isEqualTo(Map.of(A, RecordState.GONE, B, RecordState.LIVES));
        assertThat(server.requests()).hasSize(1);
    }

    static Stream<Arguments> answersToOtherQuestions() {
        return Stream.of(
                Arguments.of((Object) new String[] {lives(B), lives(A)}),
                Arguments.of((Object) new String[] {gone(B), gone(A)}),
                Arguments.of((Object) new String[] {lives(A), gone(A)}),
                Arguments.of((Object)
                        new String[] {lives(A), part(404, "No", "", error("0x80040217", "systemuser With Id = " + C))}),
                Arguments.of((Object) new String[] {lives(A), part(200, "OK", "", "{}")}),
                Arguments.of((Object) new String[] {lives(A), part(200, "OK", "", "<html/>")}),
                Arguments.of((Object) new String[] {lives(A), part(204, "No Content", "", "")}));
    }

    @ParameterizedTest
    @MethodSource("answersToOtherQuestions")
    void anAnswerThatNamesAnotherRecordSaysNothing(String[] parts) {
        answers(parts);

        ServiceFault fault = catchThrowableOfType(ServiceFault.class, () -> ask(A, B));

        assertThat(fault).isInstanceOf(ServiceFault.Transient.class).hasMessageContaining("something else");
        assertThat(told).doesNotContainKey(B).doesNotContainValue(RecordState.GONE);
    }

    /** As a service does that does not know the preference: the status is that of the part that failed. */
    @Test
    void aServiceThatStopsAtTheFirstFailureIsAskedForTheRest() throws Exception {
        server.then(LoopbackServer.bytes(404, latin1(body(lives(A), gone(B))), TYPE));
        server.then(LoopbackServer.bytes(404, latin1(body(gone(C))), TYPE));

        ask(A, B, C);

        assertThat(told).isEqualTo(Map.of(A, RecordState.LIVES, B, RecordState.GONE, C, RecordState.GONE));
        assertThat(server.requests()).hasSize(2);
        assertThat(askedIn(server.requests().get(1))).containsExactly(C);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405, 501})
    void aServiceWithoutBatchIsAskedForOneRecordAfterTheOtherFromThenOn(int status) throws Exception {
        server.then(LoopbackServer.bytes(status, latin1("<html/>"), "text/html"));
        server.then(record(A)).then(absence(B)).then(record(C));

        ask(A, B);
        ask(C);

        assertThat(told).isEqualTo(Map.of(A, RecordState.LIVES, B, RecordState.GONE, C, RecordState.LIVES));
        assertThat(server.requests())
                .extracting(request -> request.method() + " " + request.target())
                .containsExactly(
                        "POST /api/data/v9.2/$batch",
                        "GET /api/data/v9.2/accounts(" + A + ")?$select=accountid",
                        "GET /api/data/v9.2/accounts(" + B + ")?$select=accountid",
                        "GET /api/data/v9.2/accounts(" + C + ")?$select=accountid");
    }

    @Test
    void aRecordThatCannotBeAskedForByItselfTakesNoAnswerAway() throws Exception {
        server.then(LoopbackServer.json(501, ""));
        server.then(absence(A)).then(LoopbackServer.json(403, error("0x80040220", "no")));

        ServiceFault fault = catchThrowableOfType(ServiceFault.class, () -> ask(A, B));

        assertThat(fault).isInstanceOf(ServiceFault.Forbidden.class);
        assertThat(told).isEqualTo(Map.of(A, RecordState.GONE));
    }

    @ParameterizedTest
    @CsvSource({"400, Permanent", "403, Forbidden", "413, Permanent", "429, Throttled", "503, Transient"})
    void anyOtherRefusalOfTheWholeIsItsFault(int status, String kind) {
        server.answering(LoopbackServer.bytes(status, latin1("<html/>"), "text/html"));

        ServiceFault fault = catchThrowableOfType(ServiceFault.class, () -> ask(A, B));

        assertThat(fault.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(told).isEmpty();
    }

    @Test
    @ProvesFault("P3")
    void aRefusedTokenIsRenewedOnce() throws Exception {
        server.then(LoopbackServer.json(401, ""));
        server.then(batch(gone(A)));
        int[] tokens = {0};
        queries = queries(line.provider(resource -> new AccessToken("token-" + ++tokens[0], Instant.MAX)));

        ask(A);

        assertThat(server.requests())
                .extracting(request -> request.header("Authorization"))
                .containsExactly("Bearer token-1", "Bearer token-2");
        assertThat(told).isEqualTo(Map.of(A, RecordState.GONE));
    }

    @Test
    @ProvesFault("D7")
    void anAnswerThatIsTooLargeTellsOfNoRecord() throws Exception {
        server.answering(LoopbackServer.bytes(200, latin1(body(gone(A)) + "x".repeat(1000)), TYPE));
        try (WiredDataverseClient narrow = new WiredDataverseClient(server.origin()).maxBytes(1000)) {
            queries = queries(narrow);

            ServiceFault fault = catchThrowableOfType(ServiceFault.class, () -> ask(A));

            assertThat(fault).hasMessageContaining("larger than 1000 bytes");
            assertThat(told).isEmpty();
        }
    }

    private TableQueries queries(WiredDataverseClient client) {
        return new WebApiTableQueries(client.client(), server.apiRoot(), Duration.ofMinutes(10));
    }

    private void ask(String... ids) throws ServiceFault {
        queries.states(ACCOUNT, List.of(ids), told::put);
    }

    private void answers(String... parts) {
        server.answering(batch(parts));
    }

    private static Reply batch(String... parts) {
        return LoopbackServer.bytes(200, latin1(body(parts)), TYPE);
    }

    private static Reply record(String id) {
        return LoopbackServer.json(200, "{\"@odata.etag\":\"W/\\\"1\\\"\",\"accountid\":\"" + id + "\"}");
    }

    private static Reply absence(String id) {
        return LoopbackServer.json(404, error("0x80040217", "account With Id = " + id + " Does Not Exist"));
    }

    private static String body(String... parts) {
        StringBuilder body = new StringBuilder();
        for (String part : parts) {
            body.append("--").append(BOUNDARY).append("\r\n").append(part).append("\r\n");
        }
        return body.append("--").append(BOUNDARY).append("--\r\n").toString();
    }

    private static String lives(String id) {
        return part(
                200,
                "OK",
                "Content-Type: application/json; odata.metadata=minimal; odata.streaming=true\r\nETag: W/\"1\"\r\n",
                "{\r\n  \"@odata.context\": \"https://org.example/api/data/v9.2/$metadata#accounts(accountid)/$entity\",\r\n"
                        + "  \"@odata.etag\": \"W/\\\"1\\\"\",\r\n  \"accountid\": \""
                        + id.toUpperCase(Locale.ROOT) + "\"\r\n}");
    }

    private static String gone(String id) {
        return part(
                404,
                "Not Found",
                "Content-Type: application/json; odata.metadata=minimal\r\n",
                error("0x80040217", "account With Id = " + id + " Does Not Exist"));
    }

    private static String part(int status, String reason, String headers, String body) {
        return "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nHTTP/1.1 " + status + " "
                + reason + "\r\n" + headers + "OData-Version: 4.0\r\n\r\n" + body;
    }

    private static String error(String code, String message) {
        return "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}";
    }

    private static List<String> askedIn(Request request) {
        return Arrays.stream(request.body().split("accounts\\("))
                .skip(1)
                .map(text -> text.substring(0, 36))
                .toList();
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
