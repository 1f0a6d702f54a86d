package io.github.cameldataverse.changes.behaviour.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.TlsConsumerRoute;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Organization and sign-in service over TLS, through MSAL4J and the user's own TLS settings. */
@OverBothApis
class ConsumerSignInTest {

    private final ChangeTrackingApi api = OverBothApis.API;

    private static final String SECRET = "s3+cr&et%=~/";

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension(
            DataverseSimulator.builder().tls(true).client("app-1", SECRET));

    private final DataverseSimulator simulator = DATAVERSE.simulator();

    @Test
    void oneTokenRequestServesAllPollsOfItsLifetime() throws Exception {
        simulator.table("account").create(Map.of("name", "Contoso"));
        try (ConsumerRoute reader = signedIn(SECRET).start()) {
            await().until(() -> reader.polls() >= 20);
            assertThat(reader.received()).hasSize(1);
            assertThat(simulator.tokenRequests()).isEqualTo(1);
        }
    }

    @Test
    @ProvesFault("P3")
    void aTokenThatIsRevokedIsReplacedWithinTheSamePoll() throws Exception {
        try (ConsumerRoute reader = signedIn(SECRET).start()) {
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
        // It polls when the test says so, and looks again in ten minutes.
        try (ConsumerRoute reader = signedIn("wrong-secret")
                .with("delay", 60_000)
                .with("initialDelay", 3_600_000)
                .start()) {
            for (int poll = 0; poll < 7; poll++) {
                reader.consumer().run();
            }
            assertThat(reader.word()).isEqualTo(Word.FAULTED);
            assertThat(reader.message())
                    .contains("app-1")
                    .contains("check tenantId, clientId and clientSecret")
                    .doesNotContain("wrong-secret");
            assertThat(simulator.tokenRequests()).isLessThan(4);
        }
    }

    @Test
    @ProvesFault({"N3", "S5"})
    void anUntrustedCertificateIsToldAsOne() throws Exception {
        try (ConsumerRoute reader =
                signedIn(SECRET).without("sslContextParameters").start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(simulator.requests()).isEmpty();
        }
        try (ConsumerRoute reader = ConsumerRoute.of(simulator.secureOrganizationUrl())
                .with("accessToken", "any")
                .start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message()).contains("certificate").contains("sslContextParameters");
        }
    }

    private ConsumerRoute signedIn(String secret) {
        return TlsConsumerRoute.of(simulator, api)
                .with("clientId", "app-1")
                .with("clientSecret", "RAW(" + secret + ")");
    }
}
