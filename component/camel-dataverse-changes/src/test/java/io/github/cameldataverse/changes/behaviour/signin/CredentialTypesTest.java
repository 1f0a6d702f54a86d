package io.github.cameldataverse.changes.behaviour.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.harness.CapturedLog;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.TlsConsumerRoute;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.ReceivedRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates, federated tokens and impersonation, over TLS, and what may be read of them in logs. */
@OverBothApis
class CredentialTypesTest {

    private final ChangeTrackingApi api = OverBothApis.API;

    private static final String SUBJECT = "system:serviceaccount:sales:reader";
    private static final String PASSWORD = "certificate-password";
    private static final Path FILES = Path.of("src/test/resources/auth");

    @TempDir
    private Path folder;

    private CapturedLog log;

    @BeforeEach
    void listen() {
        log = new CapturedLog("io.github.cameldataverse", "org.apache.camel", "com.microsoft");
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void aCertificateOfTheApplicationSignsIn() throws Exception {
        try (DataverseSimulator simulator = withCertificate();
                ConsumerRoute reader = TlsConsumerRoute.of(simulator, api)
                        .with("clientId", "app-1")
                        .with("certificateFile", FILES.resolve("app.p12").toString())
                        .with("certificatePassword", PASSWORD)
                        .start()) {
            simulator.table("account").create(Map.of("name", "Contoso"));
            await().until(() -> reader.received().size() == 1);
            assertThat(simulator.tokenRequests()).isEqualTo(1);
            assertSilence(simulator, reader);
        }
    }

    @Test
    void aRenewedCertificateIsUsedWithoutARestart() throws Exception {
        Path file = copied("app.pem");
        try (DataverseSimulator simulator = withCertificate();
                ConsumerRoute reader = TlsConsumerRoute.of(simulator, api)
                        .with("clientId", "app-1")
                        .with("certificateFile", file.toString())
                        .start()) {
            await().until(() -> reader.word() == Word.UP);
            replaced(file, Files.readString(FILES.resolve("other.pem")));
            simulator.revokeAccessTokens();
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message())
                    .contains("No access token for the application app-1")
                    .contains("check tenantId and clientId, and that the certificate in certificateFile is registered")
                    .contains("AADSTS700027");
            assertSilence(simulator, reader);
        }
    }

    @Test
    void aBadCertificateFailsTheStartWithASentence() throws Exception {
        try (DataverseSimulator simulator = withCertificate();
                ConsumerRoute reader = TlsConsumerRoute.of(simulator, api)
                        .with("clientId", "app-1")
                        .with("certificateFile", FILES.resolve("app.p12").toString())
                        .with("certificatePassword", "wrong-password")) {
            Throwable failure = catchThrowable(reader::start);
            assertThat(failure)
                    .hasMessage("The file " + FILES.resolve("app.p12")
                            + " (option certificateFile) does not open with the certificatePassword given");
            assertThat(simulator.requests()).isEmpty();
            assertThat(failure).hasMessageNotContaining("wrong-password");
        }
    }

    @Test
    void aFederatedTokenIsReadAnewForEachSignIn() throws Exception {
        Path file = folder.resolve("token");
        try (DataverseSimulator simulator = federated()) {
            Files.writeString(file, simulator.federatedToken(SUBJECT) + "\n");
            try (ConsumerRoute reader = workload(simulator, file).start()) {
                await().until(() -> reader.word() == Word.UP);
                assertThat(simulator.tokenRequests()).isEqualTo(1);

                // The old one would be refused: it has expired when the next token is needed.
                replaced(file, simulator.federatedToken(SUBJECT, Duration.ofSeconds(-1)));
                simulator.revokeAccessTokens();
                await().until(() -> reader.word() == Word.FAULTED);
                assertThat(reader.message()).contains("federated credential").contains("AADSTS700024");

                replaced(file, simulator.federatedToken(SUBJECT));
                simulator.table("account").create(Map.of("name", "Contoso"));
                await().until(() -> reader.received().size() == 1);
                assertSilence(simulator, reader);
            }
        }
    }

    @Test
    void aFederatedTokenThatIsGoneForAWhileIsWaitedFor() throws Exception {
        Path file = folder.resolve("token");
        try (DataverseSimulator simulator = federated()) {
            Files.writeString(file, simulator.federatedToken(SUBJECT));
            try (ConsumerRoute reader =
                    workload(simulator, file).with("maxRetries", 0).start()) {
                await().until(() -> reader.word() == Word.UP);
                Files.delete(file);
                simulator.revokeAccessTokens();
                await().until(() -> reader.message().contains("cannot be read: it is not there"));

                replaced(file, simulator.federatedToken(SUBJECT));
                simulator.table("account").create(Map.of("name", "Contoso"));
                await().until(() -> reader.received().size() == 1);
            }
        }
    }

    @Test
    void aFederatedTokenThatIsNotThereFailsTheStart() throws Exception {
        Path file = folder.resolve("nothing");
        try (DataverseSimulator simulator = federated();
                ConsumerRoute reader = workload(simulator, file)) {
            assertThat(catchThrowable(reader::start))
                    .hasMessageStartingWith(
                            "The file " + file + " (option federatedTokenFile) cannot be read: it is not there");
        }
    }

    @Test
    void whoIsRefusedIsToldTheTenantOfTheOrganization() throws Exception {
        try (DataverseSimulator simulator = DataverseSimulator.builder()
                        .tls(true)
                        .tenant("contoso.onmicrosoft.com")
                        .accessToken("right")
                        .build();
                ConsumerRoute reader = TlsConsumerRoute.of(simulator, api)
                        .with("accessToken", "wrong-token")
                        .start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message())
                    .contains("The organization names the tenant contoso.onmicrosoft.com at login.microsoftonline.com"
                            + " as the place to sign in.")
                    .doesNotContain("wrong-token");
        }
    }

    /** No token, no assertion and no password, in any output. */
    private void assertSilence(DataverseSimulator simulator, ConsumerRoute reader) {
        List<String> tokens = simulator.requests().stream()
                .map(ReceivedRequest::headers)
                .flatMap(headers -> headers.getOrDefault("Authorization", List.of()).stream())
                .map(value -> value.substring("Bearer ".length()))
                .distinct()
                .toList();
        assertThat(tokens).isNotEmpty();
        assertThat(log.lines()).hasSizeGreaterThan(50);
        for (String line : log.lines()) {
            // A JSON web token begins so.
            assertThat(line).doesNotContain(tokens).doesNotContain("eyJ");
            assertThat(line.startsWith("TRACE org.apache.camel.") || !line.contains(PASSWORD))
                    .as(line)
                    .isTrue();
        }
        assertThat(reader.message()).doesNotContain(tokens).doesNotContain("eyJ", PASSWORD);
    }

    private ConsumerRoute workload(DataverseSimulator simulator, Path file) {
        return TlsConsumerRoute.of(simulator, api)
                .with("clientId", "app-1")
                .with("federatedTokenFile", file.toString());
    }

    private static DataverseSimulator federated() {
        return DataverseSimulator.builder()
                .tls(true)
                .federatedClient("app-1", SUBJECT)
                .build();
    }

    private static DataverseSimulator withCertificate() throws Exception {
        return DataverseSimulator.builder()
                .tls(true)
                .clientCertificate("app-1", certificate())
                .build();
    }

    private static X509Certificate certificate() throws IOException, CertificateException {
        try (InputStream in = Files.newInputStream(FILES.resolve("certificate.pem"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private Path copied(String name) throws IOException {
        return Files.copy(FILES.resolve(name), folder.resolve(name));
    }

    /** As a cluster does it: in one step. */
    private void replaced(Path file, String content) throws IOException {
        Path fresh = Files.writeString(folder.resolve("fresh"), content);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
