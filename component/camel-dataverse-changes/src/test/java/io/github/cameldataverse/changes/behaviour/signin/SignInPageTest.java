package io.github.cameldataverse.changes.behaviour.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import io.github.cameldataverse.changes.auth.AccessToken;
import io.github.cameldataverse.changes.auth.AccessTokenProvider;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.http.LoopbackServer;
import io.github.cameldataverse.changes.harness.http.LoopbackServer.Reply;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** An organization that sends whoever brings no good token to the sign-in page, as it does with a browser. */
class SignInPageTest {

    private static final String REDIRECT =
            "https://login.microsoftonline.com/common/oauth2/authorize?client_id=00000007&redirect_uri=x";
    private static final String PAGE = "<!DOCTYPE html><html><head><script>window.location = "
            + "'https://login.microsoftonline.us/common/oauth2/v2.0/authorize?x';</script></head><body></body></html>";
    private static final String TABLE = "{\"value\":[{\"LogicalName\":\"account\",\"EntitySetName\":\"accounts\","
            + "\"PrimaryIdAttribute\":\"accountid\",\"ChangeTrackingEnabled\":true}]}";

    private LoopbackServer server;
    private volatile String good = "none";

    static Stream<Arguments> pages() {
        return Stream.of(ChangeTrackingApi.values())
                .flatMap(api -> Stream.of(
                        Arguments.of(api, redirect(REDIRECT), "login.microsoftonline.com (HTTP 302)"),
                        Arguments.of(
                                api,
                                redirect("https://adfs.contoso.example/adfs/oauth2/authorize/?x"),
                                "adfs.contoso.example (HTTP 302)"),
                        Arguments.of(
                                api,
                                LoopbackServer.bytes(
                                        200, PAGE.getBytes(StandardCharsets.UTF_8), "text/html; charset=utf-8"),
                                "login.microsoftonline.us (HTTP 200)")));
    }

    private static Reply redirect(String location) {
        return LoopbackServer.bytes(302, new byte[0], "text/html", "Location", location);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @MethodSource("pages")
    @ProvesFault("P3")
    void aPageThatComesAlsoWithAFreshTokenIsARefusedToken(ChangeTrackingApi api, Reply page, String named)
            throws Exception {
        AtomicInteger tokens = new AtomicInteger();
        try (ConsumerRoute reader = reader(api, page, tokens).start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message()).contains("the sign-in page at " + named, "also a fresh one", "tenant");
            assertThat(tokens.get()).isGreaterThanOrEqualTo(2);
            assertThat(authorizations().subList(0, 2)).containsExactly("Bearer token-1", "Bearer token-2");
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    @ProvesFault("P3")
    void aPageThatComesOnceHasTheTokenRenewedAndNothingIsSaid(ChangeTrackingApi api, Reply page, String named)
            throws Exception {
        good = "Bearer token-2";
        AtomicInteger tokens = new AtomicInteger();
        try (ConsumerRoute reader = reader(api, page, tokens).start()) {
            await().until(() -> server.requests().size() >= 3);
            assertThat(authorizations()).startsWith("Bearer token-1", "Bearer token-2", "Bearer token-2");
            assertThat(tokens).hasValue(2);
            assertThat(reader.message()).doesNotContain("sign-in page");
        }
    }

    @ParameterizedTest
    @EnumSource
    @ProvesFault("N8")
    void aRedirectToAnythingElseIsNone(ChangeTrackingApi api) throws Exception {
        AtomicInteger tokens = new AtomicInteger();
        try (ConsumerRoute reader = reader(
                        api, redirect("https://login.microsoftonline.com.evil.example/oauth2/token"), tokens)
                .start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message()).contains("redirects to login.microsoftonline.com.evil.example");
            assertThat(tokens).hasValue(1);
        }
    }

    private ConsumerRoute reader(ChangeTrackingApi api, Reply page, AtomicInteger tokens) throws IOException {
        server = new LoopbackServer();
        server.answering(exchange -> answer(exchange, page));
        AccessTokenProvider provider = resource -> new AccessToken("token-" + tokens.incrementAndGet(), Instant.MAX);
        return ConsumerRoute.of(server.origin())
                .with("allowInsecure", true)
                .with("accessTokenProvider", provider)
                .with("maxRetries", 0)
                .with("api", api.word());
    }

    private void answer(HttpExchange exchange, Reply page) throws IOException {
        boolean in = good.equals(exchange.getRequestHeaders().getFirst("Authorization"));
        (in ? LoopbackServer.json(200, TABLE) : page).to(exchange);
    }

    private List<String> authorizations() {
        return server.requests().stream()
                .map(each -> each.header("Authorization"))
                .toList();
    }
}
