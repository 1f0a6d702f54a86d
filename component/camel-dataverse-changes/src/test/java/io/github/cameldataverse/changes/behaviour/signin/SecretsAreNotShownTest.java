package io.github.cameldataverse.changes.behaviour.signin;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.ConsumerAccess;
import io.github.cameldataverse.changes.DataverseChangesComponent;
import io.github.cameldataverse.changes.DataverseChangesEndpoint;
import io.github.cameldataverse.changes.api.DataverseChangesConfiguration;
import io.github.cameldataverse.changes.auth.AccessToken;
import io.github.cameldataverse.changes.auth.AccessTokenProvider;
import io.github.cameldataverse.changes.harness.CapturedLog;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.http.LoopbackServer;
import io.github.cameldataverse.changes.internal.subscription.Subscription;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.util.URISupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A canary in every secret option: it must not sing in a log, a bean, a name, a health check or an exception. */
@Timeout(120)
class SecretsAreNotShownTest {

    private static final String ID = "00000000-0000-0000-0000-000000000001";
    private static final Map<String, String> CANARIES = Map.of(
            "accessToken", "Canary-AccessToken~1+/",
            "clientSecret", "Canary-ClientSecret~2+/",
            "proxyAuthPassword", "Canary-ProxyPassword~3+/",
            "provided", "Canary-ProvidedToken~4+/",
            "row", "Canary-RowContent~5+/",
            "certificatePassword", "Canary-Certificate~6+/");

    private static final Predicate<String> CAMELS_OWN =
            Pattern.compile("^TRACE org\\.apache\\.camel\\.").asPredicate();

    private final CountDownLatch arrived = new CountDownLatch(2);
    private final List<String> said = new ArrayList<>();
    private CamelContext context;
    private CapturedLog log;
    private LoopbackServer server;

    @BeforeEach
    void open() throws Exception {
        server = new LoopbackServer().answering(this::asDataverse);
        log = new CapturedLog("io.github.cameldataverse", "org.apache.camel");
        context = new DefaultCamelContext();
    }

    @AfterEach
    void close() throws Exception {
        context.close();
        log.close();
        server.close();
    }

    @Test
    void theOptionsThatHoldSecretsAreAllHere() throws Exception {
        // A new secret option needs a canary here.
        try (var json = DataverseChangesComponent.class.getResourceAsStream(
                "/META-INF/io/github/cameldataverse/changes/dataverse-changes.json")) {
            String catalog = new String(json.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(catalog.lines()
                            .filter(line -> line.contains("\"secret\": true"))
                            .map(line -> line.replaceAll("^\\s*\"([^\"]+)\".*", "$1"))
                            .distinct())
                    .containsExactlyInAnyOrder("accessToken", "certificatePassword", "clientSecret");
        }
    }

    @Test
    @ProvesFault({"S6", "S7", "S18"})
    void noneSingsWhenAllIsWell() throws Exception {
        secretsOfTheComponent(options -> options.setAccessToken(canary("accessToken")));
        // The server stands for the proxy as well, and asks for the password first.
        server.then(LoopbackServer.json(407, "", "Proxy-Authenticate", "Basic realm=\"proxy\""));
        startRoutes(Map.of());
        assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
        try (ProducerTemplate producer = context.createProducerTemplate()) {
            said.add(String.valueOf(producer.requestBody("direct:ask", "x")));
        }
        lookAround();
        context.stop();

        assertThat(server.requests())
                .anySatisfy(request ->
                        assertThat(request.header("Authorization")).isEqualTo("Bearer " + canary("accessToken")))
                .anySatisfy(request -> assertThat(request.header("Proxy-Authorization"))
                        .isEqualTo("Basic " + base64("user:" + canary("proxyAuthPassword"))));
        assertSilence();
    }

    @Test
    @ProvesFault({"S6", "S7"})
    void noneSingsWhenTheServiceRefusesEverything() throws Exception {
        for (int status : new int[] {400, 401, 403, 410, 429, 500}) {
            server.answering(exchange -> LoopbackServer.json(
                            status,
                            "{\"error\":{\"code\":\"0x0\",\"message\":\"no to "
                                    + exchange.getRequestHeaders().entrySet() + "\"}}")
                    .to(exchange));
            try (CamelContext refused = new DefaultCamelContext()) {
                context = refused;
                secretsOfTheComponent(options -> options.setAccessToken(canary("accessToken")));
                startRoutes(Map.of());
                await().until(() -> !server.requests().isEmpty());
                lookAround();
                try (ProducerTemplate producer = context.createProducerTemplate()) {
                    hear(catchThrowable(() -> producer.requestBody("direct:ask", "x")));
                }
            }
            server.requests().clear();
        }
        assertSilence();
    }

    @Test
    @ProvesFault("S6")
    void noneSingsWhenTheSecretDoesNotSignIn() throws Exception {
        secretsOfTheComponent(options -> {
            options.setTenantId("contoso.example");
            options.setClientId("client");
            options.setClientSecret(canary("clientSecret"));
            // No TLS is spoken there.
            options.setAuthority("https://localhost:" + server.origin().getPort());
        });
        startRoutes(Map.of());
        await().atMost(Duration.ofSeconds(30)).until(() -> log.lines().stream()
                .anyMatch(line -> line.contains("No access token for the application client")));
        lookAround();

        assertSilence();
    }

    @Test
    @ProvesFault({"S6", "S7"})
    void noneSingsWhenTheUsersBeanGivesTheToken() throws Exception {
        AccessTokenProvider bean = resource -> new AccessToken(canary("provided"), Instant.MAX);
        context.getRegistry().bind("signIn", bean);
        secretsOfTheComponent(options -> {});
        startRoutes(Map.of("accessTokenProvider", "#signIn"));
        assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
        lookAround();

        assertThat(server.requests()).anySatisfy(request -> assertThat(request.header("Authorization"))
                .isEqualTo("Bearer " + canary("provided")));
        assertSilence();
    }

    @Test
    @ProvesFault("S6")
    void noneSingsInARouteThatDoesNotStart() throws Exception {
        for (String bad :
                List.of("startFrom=never", "maxPageSize=0", "organizationUrl=nowhere", "clientSecret=", "http.x=1")) {
            try (CamelContext failing = new DefaultCamelContext()) {
                context = failing;
                secretsOfTheComponent(options -> options.setAccessToken(canary("accessToken")));
                hear(catchThrowable(() -> startRoutes(Map.of(bad.split("=")[0], bad.replaceFirst(".*=", "") + ""))));
                lookAround();
            }
        }
        assertSilence();
    }

    /**
     * Camel itself prints every address it is asked for at TRACE, before any component hears of it; it
     * promises INFO and above to be clean. A secret in the component's configuration is in no address.
     */
    @Test
    @ProvesFault("S6")
    void secretsInTheAddressOfAnEndpointAreMasked() throws Exception {
        startRoutes(Map.of(
                "accessToken", "RAW(" + canary("accessToken") + ")",
                "http.proxyAuthPassword", "RAW(" + canary("proxyAuthPassword") + ")"));
        assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
        lookAround();
        context.stop();

        assertSilence(CAMELS_OWN);
    }

    @Test
    @ProvesFault("S6")
    void aPasswordThatOpensNothingIsNotNamed() throws Exception {
        secretsOfTheComponent(options -> {
            options.setTenantId("contoso.example");
            options.setClientId("client");
            options.setCertificateFile("src/test/resources/auth/app.p12");
            options.setCertificatePassword(canary("certificatePassword"));
        });
        hear(catchThrowable(() -> startRoutes(Map.of())));
        lookAround();

        assertThat(String.join("\n", said)).contains("does not open with the certificatePassword given");
        assertSilence();
    }

    @Test
    @ProvesFault("S6")
    void secretsInTheAddressOfAnEndpointAreMaskedWhenItDoesNotStart() throws Exception {
        hear(catchThrowable(() -> startRoutes(Map.of(
                "accessToken", "RAW(" + canary("accessToken") + ")",
                "clientSecret", "RAW(" + canary("clientSecret") + ")",
                "certificatePassword", "RAW(" + canary("certificatePassword") + ")",
                "clientId", "client",
                "tenantId", "tenant",
                "http.proxyAuthPassword", "RAW(" + canary("proxyAuthPassword") + ")"))));
        lookAround();

        assertThat(String.join("\n", said)).contains("more than one are given");
        assertSilence(CAMELS_OWN);
    }

    private void secretsOfTheComponent(java.util.function.Consumer<DataverseChangesConfiguration> options) {
        DataverseChangesConfiguration configuration = context.getComponent(
                        "dataverse-changes", DataverseChangesComponent.class)
                .getConfiguration();
        configuration.getHttpOptions().put("proxyHost", "localhost");
        configuration.getHttpOptions().put("proxyPort", server.origin().getPort());
        configuration.getHttpOptions().put("proxyAuthUsername", "user");
        configuration.getHttpOptions().put("proxyAuthPassword", canary("proxyAuthPassword"));
        options.accept(configuration);
    }

    private void startRoutes(Map<String, String> more) throws Exception {
        Map<String, String> options = new LinkedHashMap<>(
                Map.of("organizationUrl", server.origin().toString(), "allowInsecure", "true", "maxRetries", "0"));
        options.putAll(more);
        String uri = "dataverse-changes:account?"
                + String.join(
                        "&",
                        options.entrySet().stream()
                                .map(option -> option.getKey() + "=" + option.getValue())
                                .toList());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from(uri + "&initialDelay=0&delay=100").process(exchange -> {
                    arrived.countDown();
                    if (arrived.getCount() == 1) {
                        throw new IllegalStateException("the first one is refused");
                    }
                });
                from("direct:ask").to(uri + "&operation=token");
            }
        });
        context.start();
    }

    /** Whatever can be printed of a running context. */
    private void lookAround() throws Exception {
        said.add(context.toString());
        for (Endpoint endpoint : context.getEndpoints()) {
            said.add(endpoint + " " + URISupport.sanitizeUri(endpoint.getEndpointUri()));
            if (endpoint instanceof DataverseChangesEndpoint ours) {
                lookAt(ours);
            }
        }
        for (Route route : context.getRoutes()) {
            Consumer consumer = route.getConsumer();
            said.add(route + " " + consumer + " " + route.getEndpoint());
        }
        lookAtHealth();
        lookAtManagement();
    }

    private void lookAt(DataverseChangesEndpoint endpoint) {
        said.add(endpoint.getConfiguration() + " " + endpoint.getComponent() + " " + endpoint.getServiceUrl() + " "
                + endpoint.getServiceMetadata());
        Throwable refused = catchThrowable(() -> {
            Subscription subscription = ConsumerAccess.subscription(endpoint);
            said.add(subscription + " " + subscription.signIn() + " " + subscription.query() + " "
                    + subscription.limits());
        });
        hear(refused);
    }

    private void lookAtHealth() {
        for (HealthCheck.Result result : HealthCheckHelper.invoke(context)) {
            said.add(result.getState() + " " + result.getMessage() + " " + result.getDetails());
            result.getError().ifPresent(this::hear);
        }
    }

    private void lookAtManagement() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        for (ObjectName name : server.queryNames(new ObjectName("org.apache.camel:context=*,*"), null)) {
            said.add(name.toString());
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                // Some cannot be read, and say why; that is heard as well.
                hear(catchThrowable(
                        () -> said.add(attribute.getName() + "=" + server.getAttribute(name, attribute.getName()))));
            }
        }
    }

    private void hear(Throwable thrown) {
        if (thrown != null) {
            StringWriter text = new StringWriter();
            thrown.printStackTrace(new PrintWriter(text, true));
            said.add(text.toString());
        }
    }

    private void assertSilence() {
        assertSilence(line -> false);
    }

    private void assertSilence(Predicate<String> passedOver) {
        assertThat(said).isNotEmpty();
        assertThat(log.lines()).hasSizeGreaterThan(50);
        List<String> all = Stream.concat(said.stream(), log.lines().stream().filter(not(passedOver)))
                .toList();
        for (String canary : CANARIES.values()) {
            for (String song : songs(canary)) {
                assertThat(all.stream().filter(line -> line.contains(song)))
                        .as(song)
                        .isEmpty();
            }
        }
    }

    /** A text in the disguises in which it may appear. */
    private static List<String> songs(String canary) {
        return List.of(
                canary,
                canary.substring(0, 14),
                URLEncoder.encode(canary, StandardCharsets.UTF_8),
                base64(canary),
                base64("user:" + canary),
                base64("client:" + canary),
                HexFormat.of().formatHex(canary.getBytes(StandardCharsets.UTF_8)));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String canary(String name) {
        return CANARIES.get(name);
    }

    private void asDataverse(com.sun.net.httpserver.HttpExchange exchange) throws java.io.IOException {
        String target = exchange.getRequestURI().toString();
        String root = server.apiRoot();
        String body = target.contains("EntityDefinitions")
                ? "{\"value\":[{\"LogicalName\":\"account\",\"EntitySetName\":\"accounts\",\"PrimaryIdAttribute\":\"accountid\","
                        + "\"ChangeTrackingEnabled\":true}]}"
                : "{\"@odata.deltaLink\":\"" + root + "accounts?$deltatoken=1\",\"value\":["
                        + (target.contains("deltatoken")
                                ? ""
                                : "{\"@odata.etag\":\"W/\\\"1\\\"\",\"name\":\"" + canary("row") + "\",\"accountid\":\""
                                        + ID + "\"}")
                        + "]}";
        LoopbackServer.json(200, body).to(exchange);
    }
}
