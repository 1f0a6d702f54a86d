package io.github.cameldataverse.changes.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.harness.CapturedLog;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.http.LoopbackServer;
import io.github.cameldataverse.changes.harness.http.RawServer;
import io.github.cameldataverse.changes.harness.network.TcpProxy;
import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.http.answer.SecretsInUse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.CompositeHttpConfigurer;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.LoggingHttpActivityListener;
import org.apache.camel.http.common.HttpConfiguration;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.DefaultRedirectStrategy;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.util.TimeValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class BorrowedHttpClientTest {

    private final CamelContext context = new DefaultCamelContext();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<AutoCloseable> open = new ArrayList<>();
    private LoopbackServer server;

    @BeforeEach
    void aUsersOwnHttpComponent() throws Exception {
        server = new LoopbackServer();
        HttpComponent users = new HttpComponent();
        users.setFollowRedirects(true);
        users.setCookieStore(new BasicCookieStore());
        users.setLogHttpActivity(true);
        users.setHttpActivityListener(new LoggingHttpActivityListener());
        users.setHttpClientConfigurer(builder -> builder.setRedirectStrategy(DefaultRedirectStrategy.INSTANCE)
                .setRetryStrategy(new DefaultHttpRequestRetryStrategy(5, TimeValue.ofMilliseconds(1))));
        context.addComponent("http", users);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        timer.shutdownNow();
        context.close();
        server.close();
    }

    @Test
    @ProvesFault("N2")
    void aHandshakeThatIsNeverFinishedEndsAfterTenSecondsWhereNobodySaysOtherwise() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (RawServer silent = new RawServer((request, out) -> end.await())) {
            URI organization = URI.create("https://localhost:" + silent.origin().getPort());
            BorrowedHttpClient http = new BorrowedHttpClient(context, organization, Map.of());
            http.start();
            Instant before = Instant.now();
            assertThatThrownBy(() -> http.client().execute(new HttpGet(organization), response -> ""))
                    .isInstanceOf(IOException.class);
            assertThat(Duration.between(before, Instant.now()))
                    .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(20));
            http.stop();
        } finally {
            end.countDown();
        }
    }

    @Test
    @ProvesFault("S3")
    void redirectsStayOff() throws Exception {
        try (LoopbackServer elsewhere = new LoopbackServer()) {
            server.answering(LoopbackServer.json(302, "", "Location", elsewhere.apiRoot()));

            assertThat(send(calls(Map.of())).status()).isEqualTo(302);

            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void cookiesStayOff() throws Exception {
        server.answering(LoopbackServer.json(200, "{}", "Set-Cookie", "ARRAffinity=x; Path=/"));
        HttpCalls calls = calls(Map.of());

        send(calls);
        send(calls);

        assertThat(server.requests().get(1).header("Cookie")).isNull();
    }

    @Test
    void anAnswerThatAsksToComeBackIsNotRetriedByTheClient() throws Exception {
        server.answering(LoopbackServer.json(503, "", "Retry-After", "0"));

        assertThat(send(calls(Map.of())).status()).isEqualTo(503);

        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aBrokenLineIsNotRetriedByTheClient() throws Exception {
        try (RawServer broken = new RawServer((n, out) -> {})) {
            BorrowedHttpClient client = new BorrowedHttpClient(context, broken.origin(), Map.of());
            open.add(client::stop);
            client.start();
            HttpCalls calls = callsOf(client);

            assertThatThrownBy(() -> calls.send(new HttpGet(broken.origin()))).isInstanceOf(IOException.class);

            assertThat(broken.requestLines()).hasSize(1);
        }
    }

    @Test
    @ProvesFault("N11")
    void theUsersSignInIsNotSentInPlaceOfTheToken() throws Exception {
        HttpConfiguration signIn = new HttpConfiguration();
        signIn.setAuthMethod("Basic");
        signIn.setAuthUsername("user");
        signIn.setAuthPassword("password");
        context.getComponent("http", HttpComponent.class).setHttpConfiguration(signIn);
        server.answering(LoopbackServer.json(401, "", "WWW-Authenticate", "Basic realm=\"x\""));
        HttpGet request = new HttpGet(server.apiRoot());
        request.setHeader("Authorization", "Bearer token");

        assertThat(calls(Map.of()).send(request).status()).isEqualTo(401);

        assertThat(server.requests())
                .extracting(sent -> sent.headers().get("Authorization"))
                .containsExactly(List.of("Bearer token"));
    }

    @Test
    void theUsersConfigurerIsAskedAndOursComesLast() throws Exception {
        List<String> asked = new ArrayList<>();
        HttpClientConfigurer users = builder -> {
            asked.add("user's");
            builder.setUserAgent("agent of the user").setRedirectStrategy(DefaultRedirectStrategy.INSTANCE);
        };
        server.answering(LoopbackServer.json(307, "", "Location", server.apiRoot() + "x"));

        assertThat(send(calls(Map.of("httpClientConfigurer", users))).status()).isEqualTo(307);

        assertThat(asked).containsExactly("user's");
        assertThat(server.requests()).hasSize(1);
        assertThat(server.requests().get(0).header("User-Agent")).isEqualTo("agent of the user");
    }

    @Test
    void aConfigurerOfTheUsersStaysAsItIs() throws Exception {
        List<String> asked = new ArrayList<>();
        CompositeHttpConfigurer users = new CompositeHttpConfigurer();
        users.addConfigurer(builder -> asked.add("user's"));
        context.getComponent("http", HttpComponent.class).setHttpClientConfigurer(users);
        HttpClientBuilder builder = HttpClientBuilder.create();
        send(calls(Map.of()));
        server.answering(LoopbackServer.json(302, "", "Location", server.apiRoot() + "next"))
                .then(LoopbackServer.json(302, "", "Location", server.apiRoot() + "next"))
                .then(LoopbackServer.json(200, "{}"));
        asked.clear();

        users.configureHttpClient(builder);

        try (CloseableHttpClient client = builder.build()) {
            assertThat(client.<Integer>execute(new HttpGet(server.apiRoot()), ClassicHttpResponse::getCode))
                    .as("the user's client still follows redirects")
                    .isEqualTo(200);
        }
        assertThat(asked).containsExactly("user's");
    }

    @Test
    void theProxyOfTheOptionsIsUsed() throws Exception {
        try (LoopbackServer proxy = new LoopbackServer()) {
            proxy.then(LoopbackServer.json(407, "", "Proxy-Authenticate", "Basic realm=\"proxy\""));

            Answer answer = send(calls(Map.of(
                    "proxyHost",
                    "localhost",
                    "proxyPort",
                    proxy.origin().getPort(),
                    "proxyAuthUsername",
                    "user",
                    "proxyAuthPassword",
                    "password")));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(server.requests()).isEmpty();
            assertThat(proxy.requests())
                    .extracting(request -> request.header("Proxy-Authorization"))
                    .containsExactly(null, "Basic dXNlcjpwYXNzd29yZA==");
        }
    }

    @Test
    void thePasswordAtTheProxyIsNotPrinted() throws Exception {
        try (LoopbackServer proxy = new LoopbackServer();
                CapturedLog log = new CapturedLog("org.apache.camel", "io.github.cameldataverse")) {
            send(calls(Map.of(
                    "proxyHost",
                    "localhost",
                    "proxyPort",
                    proxy.origin().getPort(),
                    "proxyAuthUsername",
                    "user",
                    "proxyAuthPassword",
                    "Can+ary/1")));

            assertThat(log.lines())
                    .isNotEmpty()
                    .noneMatch(line -> line.contains("Can+ary") || line.contains("ary%2F1"));
        }
    }

    @Test
    void theNameAtTheProxyMayBeTheComponentsAndThePasswordTheEndpoints() throws Exception {
        try (LoopbackServer proxy = new LoopbackServer()) {
            HttpComponent users = context.getComponent("http", HttpComponent.class);
            users.setProxyHost("localhost");
            users.setProxyPort(proxy.origin().getPort());
            users.setProxyAuthUsername("user");
            proxy.then(LoopbackServer.json(407, "", "Proxy-Authenticate", "Basic realm=\"proxy\""));

            assertThat(send(calls(Map.of("proxyAuthPassword", "password"))).status())
                    .isEqualTo(200);

            assertThat(proxy.requests().get(1).header("Proxy-Authorization")).isEqualTo("Basic dXNlcjpwYXNzd29yZA==");
        }
    }

    @Test
    void thePasswordForTheProxyIsForTheProxyAlone() throws Exception {
        try (LoopbackServer proxy = new LoopbackServer()) {
            proxy.answering(LoopbackServer.json(401, "", "WWW-Authenticate", "Basic realm=\"organization\""));

            Answer answer = send(calls(Map.of(
                    "proxyHost",
                    "localhost",
                    "proxyPort",
                    proxy.origin().getPort(),
                    "proxyAuthUsername",
                    "user",
                    "proxyAuthPassword",
                    "password")));

            assertThat(answer.status()).isEqualTo(401);
            assertThat(proxy.requests()).hasSize(1);
            assertThat(proxy.requests().get(0).headers()).doesNotContainKeys("Authorization", "Proxy-authorization");
        }
    }

    private enum OwnPool {
        COMPONENT,
        CONFIGURER
    }

    @ParameterizedTest
    @EnumSource(OwnPool.class)
    @ProvesFault("N12")
    void theHeadIsBoundedOverThePoolOfAUserWhoBoundsNothing(OwnPool where) throws Exception {
        HttpClientConnectionManager pool = withoutLimits();
        open.add(pool::close);
        HttpComponent users = context.getComponent("http", HttpComponent.class);
        if (where == OwnPool.COMPONENT) {
            users.setClientConnectionManager(pool);
        } else {
            users.setHttpClientConfigurer(
                    builder -> builder.setConnectionManager(pool).setRequestExecutor(new HttpRequestExecutor()));
        }
        HttpCalls calls = calls(Map.of());
        server.answering(LoopbackServer.json(200, "{}", "X-Long", "x".repeat(8192)));
        assertThatThrownBy(() -> send(calls)).isInstanceOf(HttpCalls.HeadTooLargeException.class);

        server.answering(LoopbackServer.json(200, "{}", "X-Long", "x".repeat(8000)));
        assertThat(send(calls).status()).isEqualTo(200);
    }

    private static HttpClientConnectionManager withoutLimits() {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxLineLength(-1)
                                .setMaxHeaderCount(-1)
                                .build())
                        .build())
                .build();
    }

    @Test
    void connectionsAreUsedAgainAndEndWithTheClient() throws Exception {
        try (TcpProxy proxy = new TcpProxy(server.origin())) {
            BorrowedHttpClient client = new BorrowedHttpClient(context, proxy.origin(), Map.of());
            client.start();
            HttpCalls calls = callsOf(client);
            for (int call = 0; call < 5; call++) {
                assertThat(calls.send(new HttpGet(proxy.origin())).status()).isEqualTo(200);
            }
            assertThat(proxy.connections()).isEqualTo(1);

            client.stop();

            await().until(() -> proxy.open() == 0);
        }
    }

    @Test
    void theEndpointBehindItIsNotAmongTheUsersEndpoints() throws Exception {
        context.start();
        send(calls(Map.of()));

        assertThat(context.getEndpoints()).isEmpty();
    }

    @Test
    void aStoppedClientMayStartAgain() throws Exception {
        for (int start = 0; start < 3; start++) {
            BorrowedHttpClient client = new BorrowedHttpClient(context, server.origin(), Map.of());
            client.start();
            assertThat(send(callsOf(client)).status()).isEqualTo(200);
            client.stop();
        }
    }

    private HttpCalls calls(Map<String, Object> options) throws Exception {
        BorrowedHttpClient client = new BorrowedHttpClient(context, server.origin(), options);
        open.add(client::stop);
        client.start();
        return callsOf(client);
    }

    private HttpCalls callsOf(BorrowedHttpClient client) {
        return new HttpCalls(
                client.client(),
                () -> timer,
                java.time.Duration.ofSeconds(10),
                1 << 20,
                java.time.Clock.systemUTC(),
                new SecretsInUse());
    }

    private Answer send(HttpCalls calls) throws IOException {
        return calls.send(new HttpGet(server.apiRoot()));
    }
}
