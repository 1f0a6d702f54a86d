package io.github.cameldataverse.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.Standing.Word;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import java.util.Map;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Organization and sign-in service over TLS, through MSAL4J and the user's own TLS settings. */
class ConsumerSignInTest {

    private static final String SECRET = "s3+cr&et%=~/";

    private final DataverseSimulator simulator =
            DataverseSimulator.builder().tls(true).client("app-1", SECRET).build();

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void oneTokenRequestServesAllPollsOfItsLifetime() throws Exception {
        simulator.table("account").create(Map.of("name", "Contoso"));
        try (Reader reader = signedIn(SECRET).start()) {
            await().until(() -> reader.polls() >= 20);
            assertThat(reader.received()).hasSize(1);
            assertThat(simulator.tokenRequests()).isEqualTo(1);
        }
    }

    @Test
    @Fault("P3")
    void aTokenThatIsRevokedIsReplacedWithinTheSamePoll() throws Exception {
        try (Reader reader = signedIn(SECRET).start()) {
            await().until(() -> reader.word() == Word.UP);
            simulator.revokeAccessTokens();
            simulator.table("account").create(Map.of("name", "Contoso"));
            await().until(() -> reader.received().size() == 1);
            assertThat(simulator.tokenRequests()).isEqualTo(2);
            assertThat(reader.consumer().getErrorCounter()).isZero();
        }
    }

    @Test
    void aWrongSecretLatchesAndIsNotNamed() throws Exception {
        try (Reader reader = signedIn("wrong-secret").start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message())
                    .contains("app-1")
                    .contains("check tenantId, clientId and clientSecret")
                    .doesNotContain("wrong-secret");
            long polls = reader.polls();
            await().until(() -> reader.polls() > polls + 5);
            assertThat(simulator.tokenRequests()).isLessThan(4);
        }
    }

    @Test
    @Fault({"N3", "S5"})
    void anUntrustedCertificateIsToldAsOne() throws Exception {
        try (Reader reader = signedIn(SECRET).without("sslContextParameters").start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(simulator.requests()).isEmpty();
        }
        try (Reader reader = Reader.of(simulator.secureOrganizationUrl())
                .with("accessToken", "any")
                .start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message()).contains("certificate").contains("sslContextParameters");
        }
    }

    private Reader signedIn(String secret) {
        String authority = simulator.authority().toString();
        int slash = authority.lastIndexOf('/');
        return Reader.of(simulator.secureOrganizationUrl())
                .with("tenantId", authority.substring(slash + 1))
                .with("authority", authority.substring(0, slash))
                .with("clientId", "app-1")
                .with("clientSecret", "RAW(" + secret + ")")
                .with("sslContextParameters", trust(simulator));
    }

    static SSLContextParameters trust(DataverseSimulator simulator) {
        KeyStoreParameters store = new KeyStoreParameters();
        store.setResource("file:" + simulator.trustStore());
        store.setPassword(simulator.trustStorePassword());
        TrustManagersParameters managers = new TrustManagersParameters();
        managers.setKeyStore(store);
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setTrustManagers(managers);
        return parameters;
    }
}
