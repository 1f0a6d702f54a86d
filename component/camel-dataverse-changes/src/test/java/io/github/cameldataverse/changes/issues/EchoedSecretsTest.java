package io.github.cameldataverse.changes.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import io.github.cameldataverse.changes.auth.AccessToken;
import io.github.cameldataverse.changes.auth.AccessTokenException;
import io.github.cameldataverse.changes.auth.AccessTokenProvider;
import io.github.cameldataverse.changes.harness.CapturedLog;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.TlsConsumerRoute;
import io.github.cameldataverse.changes.harness.http.LoopbackServer;
import io.github.cameldataverse.changes.harness.http.LoopbackServer.Reply;
import io.github.cameldataverse.changes.harness.http.RawServer;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A service, a gateway or a sign-in service repeats a request in its error, and the health check and the log showed it. */
@Timeout(120)
@ProvesFault({"S6", "S7"})
class EchoedSecretsTest {

    private static final String TOKEN = "cAnArY-b3ar3r-T0k3n_7f2c9d1e8b6a5f40.w4x5y6z7";
    private static final String SECRET = "c4n4rY~cl1ent+s3cret/Qw8e2rT5y=";
    private static final int PAGE = 16;

    private final List<String> said = new ArrayList<>();
    private CapturedLog log;

    @BeforeEach
    void listen() {
        log = new CapturedLog("io.github.cameldataverse", "org.apache.camel", "com.microsoft");
    }

    @AfterEach
    void close() {
        log.close();
    }

    /** Answers by what they repeat of the header that carries the token. */
    static Stream<Arguments> echoes() {
        Map<String, Function<String, Reply>> echoes = new TreeMap<>();
        for (int status : new int[] {400, 401, 403, 404, 429, 500, 502}) {
            echoes.put(
                    "message " + status,
                    header -> odata(status, "0x80060888", "Bad request: Authorization: " + header));
        }
        echoes.put("cut message", header -> odata(400, "0x80060888", "x".repeat(270) + header));
        echoes.put("message cut by the service", header -> odata(400, "0x0", "Refused: " + header.substring(0, 30)));
        echoes.put("message without its beginning", header -> odata(400, "0x0", "…" + header.substring(17)));
        echoes.put("encoded message", header -> odata(400, "0x0", URLEncoder.encode(header, StandardCharsets.UTF_8)));
        echoes.put("basic message", header -> odata(400, "0x0", base64("x:" + header.substring(7))));
        echoes.put("code", header -> odata(400, header.substring(7), "no"));
        echoes.put(
                "bare message",
                header -> LoopbackServer.json(400, "{\"code\":\"0x80060888\",\"message\":\"" + header + "\"}"));
        echoes.put(
                "soap",
                header -> LoopbackServer.bytes(
                        500,
                        ("<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><s:Fault><faultstring>"
                                        + header + "</faultstring></s:Fault></s:Body></s:Envelope>")
                                .getBytes(StandardCharsets.UTF_8),
                        "text/xml"));
        echoes.put("page", header -> text(404, "text/html", "<html><p>" + header + "</p></html>"));
        echoes.put("text", header -> text(502, "text/plain", header));
        echoes.put("type", header -> text(404, "text/html; x=" + header, "<html/>"));
        echoes.put(
                "challenge",
                header -> LoopbackServer.json(
                        401,
                        "",
                        "WWW-Authenticate",
                        "Bearer authorization_uri=\"https://"
                                + header.substring(7).replace('_', '-') + "/"
                                + header.substring(7).replace('_', '-') + "/oauth2\""));
        echoes.put(
                "location",
                header -> LoopbackServer.json(
                        302, "", "Location", "https://" + header.substring(7).replace("_", "") + ".evil.example/x"));
        echoes.put(
                "link to a host",
                header -> link("https://" + header.substring(7).replace("_", "") + ".evil.example/x"));
        echoes.put("link to a path", header -> link("/api/data/v9.2/" + header.substring(7) + "/accounts"));
        return Stream.of(ChangeTrackingApi.values()).flatMap(api -> echoes.entrySet().stream()
                .map(echo -> Arguments.of(api, echo.getKey(), echo.getValue())));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("echoes")
    void theAccessTokenIsNotShown(ChangeTrackingApi api, String name, Function<String, Reply> echo) throws Exception {
        try (PagedAccounts accounts = new PagedAccounts(api);
                ConsumerRoute reader = withToken(accounts.reader())) {
            Reply reply = exchange -> echo.apply(authorizationOf(exchange)).to(exchange);
            accounts.alwaysInsteadOfPage(PAGE, reply);
            reader.start();
            await().until(() -> reader.word() != Word.UP && reader.word() != Word.STARTING);
            lookAt(reader);
            String count = reader.uri() + "&operation=count";
            hear(catchThrowable(() -> reader.context().createProducerTemplate().requestBody(count, (Object) null)));
        }
        assertNothingOf(TOKEN);
        assertNothingOf(base64("x:" + TOKEN).substring(4));
    }

    private static ConsumerRoute withToken(ConsumerRoute reader) {
        AccessTokenProvider provider = resource -> new AccessToken(TOKEN, Instant.MAX);
        return reader.without("accessToken").with("accessTokenProvider", provider);
    }

    /** The HTTP client quotes a line that it cannot read. */
    @Test
    void aLineThatTheClientCannotReadIsNotShownWithTheToken() throws Exception {
        for (String head : List.of(
                "HTTP/1.1 200 OK\r\nAuthorization Bearer " + TOKEN + "\r\n\r\n",
                "Bearer " + TOKEN + "\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + TOKEN + "\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: " + TOKEN + "\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Encoding: " + TOKEN + "\r\nContent-Length: 2\r\n\r\n{}")) {
            try (RawServer server = new RawServer((request, out) -> RawServer.write(out, head));
                    ConsumerRoute reader = withToken(ConsumerRoute.of(server.origin()))
                            .with("allowInsecure", true)
                            .with("maxRetries", 0)) {
                reader.start();
                await().until(() -> reader.word() == Word.FAULTED);
                lookAt(reader);
            }
        }
        assertNothingOf(TOKEN);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 500, 200, 203})
    void theClientSecretThatTheSignInServiceRepeatsIsNotShown(int status) throws Exception {
        try (DataverseSimulator simulator = DataverseSimulator.builder()
                        .tls(true)
                        .client("app-1", SECRET)
                        .build();
                ConsumerRoute reader = TlsConsumerRoute.of(simulator)
                        .without("accessToken")
                        .with("maxRetries", 0)
                        .with("clientId", "app-1")
                        .with("clientSecret", "RAW(" + SECRET + ")")) {
            simulator
                    .faults()
                    .whereRequest(request -> request.path().endsWith("/token"))
                    .always((request, proper) -> status == 200 ? halfAToken() : refusal(status, request));
            reader.start();
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message()).contains("No access token for the application app-1");
            lookAt(reader);
        }
        assertNothingOf(SECRET);
        assertNothingOf(TOKEN);
    }

    private static ServiceResponse refusal(int status, ServiceRequest request) {
        String secret = URLDecoder.decode(
                request.body().replaceFirst(".*client_secret=([^&]*).*", "$1"), StandardCharsets.UTF_8);
        return ServiceResponse.text(
                        status,
                        "application/json",
                        "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: " + secret + " in "
                                + request.body() + "\"}")
                .header("WWW-Authenticate", "Basic " + base64("app-1:" + secret));
    }

    private static ServiceResponse halfAToken() {
        return ServiceResponse.text(
                200, "application/json", "{\"token_type\":\"Bearer\",\"access_token\":\"" + TOKEN + "\",");
    }

    @Test
    void theProxyPasswordThatTheProxyRepeatsIsNotShown() throws Exception {
        try (LoopbackServer proxy = new LoopbackServer()) {
            proxy.answering(exchange -> {
                String basic = String.valueOf(exchange.getRequestHeaders().getFirst("Proxy-Authorization"));
                LoopbackServer.bytes(
                                407,
                                ("refused " + basic).getBytes(StandardCharsets.UTF_8),
                                "text/plain",
                                "Proxy-Authenticate",
                                "Basic realm=\"proxy\"")
                        .to(exchange);
            });
            try (ConsumerRoute reader = withToken(ConsumerRoute.of(URI.create("http://localhost:9")))
                    .with("allowInsecure", true)
                    .with("maxRetries", 0)
                    .with("http.proxyHost", "localhost")
                    .with("http.proxyPort", proxy.origin().getPort())
                    .with("http.proxyAuthUsername", "user")
                    .with("http.proxyAuthPassword", "RAW(" + SECRET + ")")) {
                reader.start();
                await().until(() -> reader.word() == Word.FAULTED);
                lookAt(reader);
            }
            assertThat(proxy.requests()).anySatisfy(request -> assertThat(request.header("Proxy-Authorization"))
                    .isEqualTo("Basic " + base64("user:" + SECRET)));
        }
        assertNothingOf(SECRET);
        assertNothingOf(base64("user:" + SECRET).substring(7));
    }

    @Test
    void theTokenInAFailureOfTheUsersOwnBeanIsNotShown() throws Exception {
        boolean[] given = {false};
        AccessTokenProvider provider = resource -> {
            if (given[0]) {
                throw AccessTokenException.unreachable("refused: " + TOKEN, new IllegalStateException("sent " + TOKEN));
            }
            given[0] = true;
            return new AccessToken(TOKEN, Instant.MAX);
        };
        try (LoopbackServer server = new LoopbackServer().answering(LoopbackServer.json(401, ""));
                ConsumerRoute reader = ConsumerRoute.of(server.origin())
                        .with("allowInsecure", true)
                        .with("maxRetries", 0)
                        .with("accessTokenProvider", provider)) {
            reader.start();
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message()).contains("refused: [redacted]");
            lookAt(reader);
        }
        assertNothingOf(TOKEN);
    }

    private static Reply odata(int status, String code, String message) {
        return LoopbackServer.json(status, "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}");
    }

    private static Reply text(int status, String type, String body) {
        return LoopbackServer.bytes(status, body.getBytes(StandardCharsets.UTF_8), type);
    }

    private static Reply link(String link) {
        return LoopbackServer.json(200, "{\"value\":[],\"@odata.nextLink\":\"" + link + "\"}");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String authorizationOf(HttpExchange exchange) {
        return exchange.getRequestHeaders().getFirst("Authorization");
    }

    private void lookAt(ConsumerRoute reader) {
        said.add(reader.health().getMessage() + " " + reader.health().getDetails());
        reader.health().getError().ifPresent(this::hear);
    }

    private void hear(Throwable thrown) {
        if (thrown != null) {
            StringWriter text = new StringWriter();
            thrown.printStackTrace(new PrintWriter(text, true));
            said.add(text.toString());
        }
    }

    /** Camel prints every address at TRACE before a component hears of it, and promises INFO and above to be clean. */
    private void assertNothingOf(String secret) {
        List<String> lines = Stream.concat(
                        said.stream(), log.lines().stream().filter(line -> !line.startsWith("TRACE org.apache.camel.")))
                .toList();
        assertThat(said).isNotEmpty();
        IntStream.rangeClosed(0, secret.length() - 8)
                .mapToObj(at -> secret.substring(at, at + 8))
                .forEach(part -> assertThat(lines.stream().filter(line -> line.contains(part)))
                        .as(part)
                        .isEmpty());
    }
}
