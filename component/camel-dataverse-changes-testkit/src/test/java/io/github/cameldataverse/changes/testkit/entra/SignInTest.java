package io.github.cameldataverse.changes.testkit.entra;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.harness.WebApiClient;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Federated tokens and managed identities; that certificates are checked is seen with a real client, in the component. */
class SignInTest {
    private static final String RESOURCE = "https://contoso.example";
    private static final String SUBJECT = "system:serviceaccount:sales:reader";

    @RegisterExtension
    static final DataverseSimulatorExtension SIMULATOR = new DataverseSimulatorExtension(DataverseSimulator.builder()
            .tenant("contoso")
            .managedIdentity()
            .managedIdentity("assigned-1")
            .federatedClient("app-1", SUBJECT));

    @Test
    void aFederatedTokenIsExchangedForAnAccessToken() {
        WebApiClient.Reply reply = exchange(SIMULATOR.simulator().federatedToken(SUBJECT));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(lets(reply.json().get("access_token").asText())).isTrue();
    }

    @Test
    void anExpiredFederatedTokenIsRefused() {
        assertRefused(exchange(SIMULATOR.simulator().federatedToken(SUBJECT, Duration.ofSeconds(-1))), 700024);
    }

    @Test
    void aTokenOfAnotherSubjectOrIssuerIsRefused() {
        assertRefused(exchange(SIMULATOR.simulator().federatedToken("another-subject")), 70021);
        try (DataverseSimulator other = DataverseSimulator.start()) {
            assertRefused(exchange(other.federatedToken(SUBJECT)), 70021);
        }
    }

    @Test
    void aForgedTokenIsRefused() {
        String[] parts = SIMULATOR.simulator().federatedToken("another-subject").split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8).replace("another-subject", SUBJECT);
        String forged = parts[0] + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(UTF_8))
                + "." + parts[2];
        assertRefused(exchange(forged), 70021);
        assertRefused(exchange("no.jwt"), 7000218);
    }

    @Test
    void idAndSecretMayStandInTheHeaderEncodedOrNot() {
        try (DataverseSimulator simulator = DataverseSimulator.builder()
                .tenant("contoso")
                .client("app-1", "s=cr&t")
                .build()) {
            assertThat(basic(simulator, "app-1:s=cr&t").status()).isEqualTo(200);
            assertThat(basic(simulator, "app-1:s%3Dcr%26t").status()).isEqualTo(200);
            assertRefused(basic(simulator, "app-1:other"), 7000215);
        }
    }

    private static WebApiClient.Reply basic(DataverseSimulator simulator, String pair) {
        return WebApiClient.send(
                HttpRequest.newBuilder(URI.create(simulator.organizationUrl() + "/contoso/oauth2/v2.0/token"))
                        .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)))
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "grant_type=client_credentials&scope=https%3A%2F%2Fcontoso.example%2F.default"))
                        .build());
    }

    @Test
    void theMachineItselfIsGivenATokenByBothServices() {
        for (HttpRequest request : new HttpRequest[] {
            appService("?resource=" + RESOURCE, SIMULATOR.simulator().identityHeader()),
            metadata("?resource=" + RESOURCE)
        }) {
            JsonNode json = WebApiClient.send(request).json();
            assertThat(json.get("expires_on").asLong())
                    .isGreaterThan(SIMULATOR.clock().instant().getEpochSecond());
            assertThat(lets(json.get("access_token").asText())).isTrue();
        }
        assertThat(SIMULATOR.simulator().tokenRequests()).isEqualTo(2);
    }

    @Test
    void anIdentityIsNamedByItsClientId() {
        String query = "?resource=" + RESOURCE + "&client_id=assigned-";
        assertThat(WebApiClient.send(metadata(query + "1")).status()).isEqualTo(200);
        assertThat(WebApiClient.send(metadata(query + "2")).status()).isEqualTo(400);
    }

    @Test
    void whoDoesNotKnowTheHeaderGetsNothing() {
        assertThat(WebApiClient.send(appService("?resource=" + RESOURCE, "wrong"))
                        .status())
                .isEqualTo(401);
        assertThat(WebApiClient.send(HttpRequest.newBuilder(URI.create(SIMULATOR.organizationUrl()
                                        + "/metadata/identity/oauth2/token?resource=" + RESOURCE))
                                .build())
                        .status())
                .isEqualTo(400);
    }

    private static void assertRefused(WebApiClient.Reply reply, int number) {
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.json().get("error_codes").get(0).asInt()).isEqualTo(number);
    }

    private static WebApiClient.Reply exchange(String token) {
        String form = "grant_type=client_credentials&client_id=app-1&scope=" + encoded(RESOURCE + "/.default")
                + "&client_assertion_type=" + encoded("urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                + "&client_assertion=" + token;
        return WebApiClient.send(
                HttpRequest.newBuilder(URI.create(SIMULATOR.organizationUrl() + "/contoso/oauth2/v2.0/token"))
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build());
    }

    private static HttpRequest appService(String query, String header) {
        return HttpRequest.newBuilder(URI.create(SIMULATOR.simulator().identityEndpoint() + query))
                .header("X-IDENTITY-HEADER", header)
                .build();
    }

    private static HttpRequest metadata(String query) {
        return HttpRequest.newBuilder(
                        URI.create(SIMULATOR.organizationUrl() + "/metadata/identity/oauth2/token" + query))
                .header("Metadata", "true")
                .build();
    }

    private static boolean lets(String token) {
        return WebApiClient.send(HttpRequest.newBuilder(
                                        URI.create(SIMULATOR.organizationUrl() + "/api/data/v9.2/accounts"))
                                .header("Authorization", "Bearer " + token)
                                .build())
                        .status()
                == 200;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
