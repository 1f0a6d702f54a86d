package io.github.cameldataverse.changes.testkit.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.faults.ServiceUnavailable;
import io.github.cameldataverse.changes.testkit.harness.WebApiClient;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeltaTokensTest {
    private static final String ID = "0f0f0f0f-1111-2222-3333-444444444444";
    private static final String SECRET = "s3cret~+&=";
    private static final String SCOPE = "https://localhost:1/.default";

    @RegisterExtension
    static final DataverseSimulatorExtension SIMULATOR = new DataverseSimulatorExtension(
            DataverseSimulator.builder().tls(true).tenant("contoso").client(ID, SECRET));

    @Test
    void aTokenIsGivenOutOverTlsAndLetsInUntilItExpires() throws Exception {
        JsonNode json = WebApiClient.json(ask(form(ID, SECRET, SCOPE)).body());
        assertThat(json.get("token_type").asText()).isEqualTo("Bearer");
        assertThat(json.get("expires_in").asInt()).isEqualTo(3599);
        String token = json.get("access_token").asText();
        assertThat(status(token)).isEqualTo(200);
        assertThat(SIMULATOR.simulator().tokenRequests()).isEqualTo(1);
        SIMULATOR.clock().advance(Duration.ofHours(1));
        assertThat(status(token)).isEqualTo(401);
    }

    @Test
    void theLifetimeCanBeSetAndTokensWithdrawn() throws Exception {
        SIMULATOR.switches().tokenLifetime(Duration.ofSeconds(20));
        JsonNode json = WebApiClient.json(ask(form(ID, SECRET, SCOPE)).body());
        assertThat(json.get("expires_in").asInt()).isEqualTo(20);
        SIMULATOR.simulator().revokeAccessTokens();
        assertThat(status(json.get("access_token").asText())).isEqualTo(401);
    }

    @Test
    void whoHasNoTokenIsChallenged() {
        WebApiClient.Reply reply = WebApiClient.get(api());
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate"))
                .startsWith("Bearer authorization_uri=https://login.microsoftonline.com/");
    }

    @Test
    void refusalsLookLikeEntras() throws Exception {
        assertRefused(form(ID, "wrong", SCOPE), 401, "invalid_client", 7000215);
        assertRefused(form("other", SECRET, SCOPE), 400, "unauthorized_client", 700016);
        assertRefused(form(ID, SECRET, "https://org/user_impersonation"), 400, "invalid_scope", 1002012);
        assertRefused(form(ID, SECRET, "https://org//.default"), 400, "invalid_resource", 500011);
        assertRefused("grant_type=password", 400, "unsupported_grant_type", 70003);
        HttpResponse<String> tenant =
                post(URI.create(SIMULATOR.simulator().authority().resolve("/other") + "/oauth2/v2.0/token"), "");
        assertThat(WebApiClient.json(tenant.body()).get("error_description").asText())
                .startsWith("AADSTS90002: Tenant 'other' not found.");
    }

    @Test
    void faultsWithAConditionAreInjectedAtTheTokenEndpointToo() throws Exception {
        SIMULATOR.faults().where(path -> path.endsWith("/token")).next(new ServiceUnavailable());
        assertThat(ask(form(ID, SECRET, SCOPE)).statusCode()).isEqualTo(503);
        assertThat(ask(form(ID, SECRET, SCOPE)).statusCode()).isEqualTo(200);
    }

    @Test
    void whoDoesNotTrustTheCertificateIsNotServed() {
        HttpRequest request =
                HttpRequest.newBuilder(SIMULATOR.simulator().authority()).build();
        assertThatThrownBy(() -> HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void theWebApiIsThereOverTlsToo() throws Exception {
        String token = WebApiClient.json(ask(form(ID, SECRET, SCOPE)).body())
                .get("access_token")
                .asText();
        URI uri = URI.create(SIMULATOR.simulator().secureOrganizationUrl() + "/api/data/v9.2/accounts");
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token)
                .header("Prefer", WebApiClient.TRACK)
                .build();
        String body =
                trusting().send(request, HttpResponse.BodyHandlers.ofString()).body();
        assertThat(WebApiClient.json(body).get("@odata.deltaLink").asText())
                .startsWith(SIMULATOR.simulator().secureOrganizationUrl() + "/api/");
    }

    @Test
    void aFixedTokenIsTheOnlyOneAccepted() {
        try (DataverseSimulator simulator =
                DataverseSimulator.builder().accessToken("demo").build()) {
            URI uri = URI.create(simulator.organizationUrl() + "/api/data/v9.2/accounts");
            assertThat(status(uri, "demo")).isEqualTo(200);
            assertThat(status(uri, "other")).isEqualTo(401);
            assertThat(WebApiClient.get(uri).status()).isEqualTo(401);
            assertThatThrownBy(simulator::authority).hasMessageContaining("built without TLS");
        }
    }

    @Test
    void theCertificateFilesGoWithTheSimulator() {
        DataverseSimulator simulator = DataverseSimulator.builder().tls(true).build();
        Path store = simulator.trustStore();
        assertThat(store).exists();
        simulator.close();
        assertThat(store).doesNotExist();
        assertThat(store.getParent()).doesNotExist();
    }

    private static void assertRefused(String form, int status, String error, int number) throws Exception {
        HttpResponse<String> response = ask(form);
        JsonNode json = WebApiClient.json(response.body());
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(json.get("error").asText()).isEqualTo(error);
        assertThat(json.get("error_codes").get(0).asInt()).isEqualTo(number);
        assertThat(json.get("error_description").asText()).startsWith("AADSTS" + number + ": ");
    }

    private static HttpResponse<String> ask(String form) throws Exception {
        return post(URI.create(SIMULATOR.simulator().authority() + "/oauth2/v2.0/token"), form);
    }

    private static HttpResponse<String> post(URI uri, String form) throws Exception {
        return trusting()
                .send(
                        HttpRequest.newBuilder(uri)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(form))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static HttpClient trusting() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(SIMULATOR.simulator().trustStore())) {
            store.load(in, SIMULATOR.simulator().trustStorePassword().toCharArray());
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private static String form(String id, String secret, String scope) {
        return Map.of("grant_type", "client_credentials", "client_id", id, "client_secret", secret, "scope", scope)
                .entrySet()
                .stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static int status(String token) {
        return status(api(), token);
    }

    private static int status(URI uri, String token) {
        return WebApiClient.send(HttpRequest.newBuilder(uri)
                        .header("Authorization", "Bearer " + token)
                        .build())
                .status();
    }

    private static URI api() {
        return URI.create(SIMULATOR.organizationUrl() + "/api/data/v9.2/accounts");
    }
}
