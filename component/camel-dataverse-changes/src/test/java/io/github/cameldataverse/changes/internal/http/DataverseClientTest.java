package io.github.cameldataverse.changes.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.auth.AccessToken;
import io.github.cameldataverse.changes.auth.AccessTokenException;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.http.LoopbackServer;
import io.github.cameldataverse.changes.harness.http.RawServer;
import io.github.cameldataverse.changes.harness.http.WiredDataverseClient;
import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.http.answer.FaultReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DataverseClientTest {

    private static final FaultReader BY_STATUS = answer -> {
        if (answer.status() == 401) {
            throw new ServiceFault.Unauthorized("refused", 401, null);
        }
        if (answer.status() >= 500) {
            throw new ServiceFault.Transient("not well", answer.status(), null);
        }
        if (!answer.isSuccess()) {
            throw new ServiceFault.Permanent("no", answer.status());
        }
    };

    private LoopbackServer server;
    private WiredDataverseClient line;

    @BeforeEach
    void open() throws Exception {
        server = new LoopbackServer();
        line = new WiredDataverseClient(server.origin());
    }

    @AfterEach
    void close() throws Exception {
        line.close();
        server.close();
    }

    @Test
    void aRequestCarriesTheTokenAndTheHeaders() throws Exception {
        get("accounts?$select=name", Map.of("Prefer", "odata.track-changes,odata.maxpagesize=5000"));

        LoopbackServer.Request request = server.requests().get(0);
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.target()).isEqualTo("/api/data/v9.2/accounts?$select=name");
        assertThat(request.header("Authorization")).isEqualTo("Bearer " + WiredDataverseClient.TOKEN);
        assertThat(request.headers().get("Prefer")).containsExactly("odata.track-changes,odata.maxpagesize=5000");
    }

    @Test
    @ProvesFault("P3")
    void aRefusedTokenIsRenewedOnce() throws Exception {
        AtomicInteger tokens = numberedTokens();
        server.then(LoopbackServer.json(401, ""));

        assertThat(get("accounts").status()).isEqualTo(200);

        assertThat(authorizations()).containsExactly("Bearer token-1", "Bearer token-2");
        assertThat(tokens).hasValue(2);
    }

    @Test
    @ProvesFault("P3")
    void andOnlyOnce() {
        AtomicInteger tokens = numberedTokens();
        line.maxRetries(3);
        server.answering(LoopbackServer.json(401, ""));

        assertThatThrownBy(() -> get("accounts")).isInstanceOf(ServiceFault.Unauthorized.class);

        assertThat(authorizations()).containsExactly("Bearer token-1", "Bearer token-2");
        assertThat(tokens).hasValue(2);
    }

    @Test
    @ProvesFault("P3")
    void aQuestionIsPostedAgainWithTheRenewedToken() throws Exception {
        numberedTokens();
        server.then(LoopbackServer.json(401, ""));

        Answer answer = post("what has changed?");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(authorizations()).containsExactly("Bearer token-1", "Bearer token-2");
        assertThat(server.requests())
                .allSatisfy(request -> assertThat(request.body()).isEqualTo("what has changed?"))
                .extracting(LoopbackServer.Request::method)
                .containsOnly("POST");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    @ProvesFault({"P17", "S3"})
    void aRedirectOfAQuestionIsNotFollowed(int status) throws Exception {
        try (LoopbackServer evil = new LoopbackServer()) {
            server.answering(LoopbackServer.json(status, "", "Location", evil.origin() + "/any"));

            assertThatThrownBy(() -> post("?")).isInstanceOf(ServiceFault.Permanent.class);

            assertThat(evil.requests()).isEmpty();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aFixedTokenIsNotTriedTwice() {
        server.answering(LoopbackServer.json(401, ""));

        assertThatThrownBy(() -> get("accounts")).isInstanceOf(ServiceFault.Unauthorized.class);

        assertThat(server.requests()).hasSize(1);
    }

    @Test
    @ProvesFault("S4")
    void theTokenEndpointIsNeverTakenFromTheChallenge() throws Exception {
        try (LoopbackServer evil = new LoopbackServer()) {
            numberedTokens();
            server.answering(LoopbackServer.json(
                    401,
                    "",
                    "WWW-Authenticate",
                    "Bearer authorization_uri=" + evil.origin() + "/oauth2/authorize, resource_id=" + evil.origin()
                            + ", Basic realm=\"x\""));

            assertThatThrownBy(() -> get("accounts")).isInstanceOf(ServiceFault.Unauthorized.class);

            assertThat(evil.requests()).isEmpty();
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void aTokenThatCannotBeHadIsAFaultOfItsKind() {
        line.provider(resource -> {
            throw AccessTokenException.refused("AADSTS7000215\r\nInvalid client secret", null);
        });
        assertThatThrownBy(() -> get("accounts"))
                .isInstanceOf(ServiceFault.Unauthorized.class)
                .hasMessage("AADSTS7000215 Invalid client secret");

        AtomicInteger asked = new AtomicInteger();
        line.maxRetries(1).provider(resource -> {
            asked.incrementAndGet();
            throw AccessTokenException.unreachable("no way to the authority", null);
        });
        assertThatThrownBy(() -> get("accounts"))
                .isInstanceOf(ServiceFault.Transient.class)
                .hasMessage("no way to the authority");
        assertThat(asked).hasValue(2);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    @ProvesFault("P2")
    void aTransientFaultIsTriedAgainAndMayPass() throws Exception {
        line.maxRetries(2);
        server.then(LoopbackServer.json(503, "")).then(LoopbackServer.json(502, ""));

        assertThat(get("accounts").status()).isEqualTo(200);

        assertThat(server.requests()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    @ProvesFault("P2")
    void itIsReportedAfterTheLastTry(int retries) {
        line.maxRetries(retries);
        server.answering(LoopbackServer.json(500, ""));

        assertThatThrownBy(() -> get("accounts"))
                .isInstanceOfSatisfying(ServiceFault.Transient.class, fault -> assertThat(fault.getHttpResponseCode())
                        .isEqualTo(500));

        assertThat(server.requests()).hasSize(1 + retries);
    }

    @Test
    void aPermanentFaultIsNotTriedAgain() {
        line.maxRetries(3);
        server.answering(LoopbackServer.json(404, ""));

        assertThatThrownBy(() -> get("accounts")).isInstanceOf(ServiceFault.Permanent.class);

        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    @ProvesFault({"P17", "S3"})
    void aRedirectIsNotFollowed(int status) throws Exception {
        try (LoopbackServer evil = new LoopbackServer()) {
            server.answering(LoopbackServer.json(status, "", "Location", evil.origin() + "/api/data/v9.2/accounts"));

            assertThatThrownBy(() -> get("accounts")).isInstanceOf(ServiceFault.Permanent.class);

            assertThat(evil.requests()).isEmpty();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    @ProvesFault({"P18", "S1"})
    void noRequestIsMadeToAForeignLink() throws Exception {
        try (LoopbackServer evil = new LoopbackServer()) {
            String good = "localhost:" + server.origin().getPort();
            String bad = "localhost:" + evil.origin().getPort();
            for (String link : List.of(
                    "http://" + bad + "/api/data/v9.2/accounts",
                    "http://" + good + "@" + bad + "/api/data/v9.2/accounts",
                    "//" + bad + "/api/data/v9.2/accounts",
                    "http://127.0.0.1:" + evil.origin().getPort() + "/api/data/v9.2/accounts",
                    "http://user:pw@" + good + "/api/data/v9.2/accounts",
                    "https://" + good + "/api/data/v9.2/accounts",
                    "/evil")) {
                assertThatThrownBy(() -> line.client().get(URI.create(server.apiRoot()), link, Map.of(), BY_STATUS))
                        .as(link)
                        .isInstanceOf(ServiceFault.Permanent.class);
            }
            assertThat(evil.requests()).isEmpty();
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    @ProvesFault("S2")
    void anAdditionalOriginIsAsked() throws Exception {
        try (LoopbackServer alias = new LoopbackServer()) {
            line.additional(alias.origin());

            line.client().get(URI.create(server.apiRoot()), alias.apiRoot() + "accounts", Map.of(), BY_STATUS);

            assertThat(alias.requests().get(0).header("Authorization"))
                    .isEqualTo("Bearer " + WiredDataverseClient.TOKEN);
        }
    }

    @Test
    void aBodyThatIsCutShortIsAskedForAgain() throws Exception {
        RawServer.Script cutOnce = (n, out) -> RawServer.write(
                out,
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\nConnection: close\r\n\r\n"
                        + (n == 1 ? "{\"a\"" : "{\"a\": 123}"));
        try (RawServer raw = new RawServer(cutOnce);
                WiredDataverseClient cut = new WiredDataverseClient(raw.origin()).maxRetries(1)) {
            Answer answer =
                    cut.client().get(raw.origin(), raw.origin() + "/api/data/v9.2/accounts", Map.of(), BY_STATUS);

            assertThat(answer.body().text()).isEqualTo("{\"a\": 123}");
            assertThat(raw.requestLines()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nno",
                "SSH-2.0-OpenSSH_9.2\r\n"
            })
    @ProvesFault("N8")
    void aBrokenAnswerIsTransient(String bytes) throws Exception {
        try (RawServer raw = new RawServer((n, out) -> RawServer.write(out, bytes));
                WiredDataverseClient broken = new WiredDataverseClient(raw.origin())) {
            assertThatThrownBy(() -> broken.client()
                            .get(raw.origin(), raw.origin() + "/api/data/v9.2/accounts", Map.of(), BY_STATUS))
                    .isInstanceOf(ServiceFault.Transient.class)
                    .hasMessageStartingWith(raw.origin() + " could not be reached: ");
        }
    }

    @Test
    void anAnswerThatIsTooLargeIsPermanentAndSaysWhatToDo() {
        line.maxBytes(1000).maxRetries(3);
        server.answering(LoopbackServer.json(200, "x".repeat(1001)));

        assertThatThrownBy(() -> get("accounts"))
                .isInstanceOf(ServiceFault.Permanent.class)
                .hasMessageContaining("maxPageSize")
                .hasMessageContaining("maxPageBytes");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aStopEndsTheWaitBetweenTwoTries() throws Exception {
        CountDownLatch refused = new CountDownLatch(1);
        line.maxRetries(10);
        server.answering(exchange -> {
            LoopbackServer.json(503, "").to(exchange);
            refused.countDown();
        });
        CompletableFuture<Throwable> call = CompletableFuture.supplyAsync(() -> failureOf("accounts"));
        assertThat(refused.await(5, TimeUnit.SECONDS)).isTrue();
        long stopped = System.nanoTime();

        line.pause().stop();
        int asked = server.requests().size();

        assertThat(call.get(5, TimeUnit.SECONDS)).isInstanceOf(ServiceFault.Transient.class);
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - stopped)).isLessThan(5_000);
        assertThat(server.requests()).hasSize(asked).hasSizeLessThan(10);
    }

    @Test
    void nothingIsAskedWhileTheReaderStops() {
        line.provider(resource -> {
            throw new AssertionError("asked for a token");
        });
        line.pause().stop();

        assertThatThrownBy(() -> get("accounts")).hasMessage("The reader is stopping");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aStopThatComesWhileARequestIsPreparedEndsIt() {
        WiredDataverseClient stopping = line;
        Map<String, String> headers = new HashMap<>(Map.of("Accept", "application/json")) {
            private static final long serialVersionUID = 1L;

            @Override
            public void forEach(BiConsumer<? super String, ? super String> action) {
                stopping.pause().stop();
                stopping.calls().cancelAll();
                super.forEach(action);
            }
        };

        assertThatThrownBy(() -> get("accounts", headers)).isInstanceOf(ServiceFault.Transient.class);
        assertThat(server.requests()).isEmpty();
    }

    private AtomicInteger numberedTokens() {
        AtomicInteger tokens = new AtomicInteger();
        line.provider(resource -> new AccessToken("token-" + tokens.incrementAndGet(), Instant.MAX));
        return tokens;
    }

    private List<String> authorizations() {
        return server.requests().stream()
                .map(request -> request.header("Authorization"))
                .toList();
    }

    private Answer get(String link) throws ServiceFault {
        return get(link, Map.of());
    }

    private Answer get(String link, Map<String, String> headers) throws ServiceFault {
        return line.client().get(URI.create(server.apiRoot()), link, headers, BY_STATUS);
    }

    private Answer post(String question) throws ServiceFault {
        return line.client()
                .post(
                        "/service",
                        Map.of("Content-Type", "text/plain"),
                        question.getBytes(StandardCharsets.UTF_8),
                        BY_STATUS);
    }

    private Throwable failureOf(String link) {
        try {
            get(link);
            return new IOException("went through");
        } catch (ServiceFault e) {
            return e;
        }
    }
}
