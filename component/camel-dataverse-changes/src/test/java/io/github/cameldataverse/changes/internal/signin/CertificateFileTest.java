package io.github.cameldataverse.changes.internal.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.aad.msal4j.IClientCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateFileTest {

    private static final Path FILES = Path.of("src/test/resources/auth");
    private static final String PASSWORD = "certificate-password";
    private static final Clock NOW = at("2030-01-01T00:00:00Z");

    @ParameterizedTest
    @ValueSource(strings = {"app.pem", "encrypted.pem", "encrypted-old.pem", "app.p12"})
    void keyAndCertificateAreFoundInEveryForm(String file) throws Exception {
        IClientCertificate expected = (IClientCertificate) of("app.pem", "").credential();
        IClientCertificate found = (IClientCertificate) of(file, PASSWORD).credential();

        assertThat(found.privateKey()).isEqualTo(expected.privateKey());
        assertThat(found.publicCertificateHash256()).isEqualTo(expected.publicCertificateHash256());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "missing.pem | '' | cannot be read: it is not there",
                "app.p12 | wrong | does not open with the certificatePassword given",
                "app.p12 | '' | does not open with the certificatePassword given",
                "encrypted.pem | wrong | has an encrypted key that does not open with the certificatePassword given",
                "encrypted-old.pem | wrong | has an encrypted key that does not open with the certificatePassword given",
                "encrypted.pem | '' | has an encrypted key; give its password in the option certificatePassword",
                "certificate.pem | '' | must hold one private key, and holds 0",
                "certificate-only.p12 | certificate-password | must hold one private key, and holds 0",
                "key.pem | '' | holds a private key without a certificate; put the certificate into the same file",
                "mismatch.pem | '' | has a key that does not belong to its first certificate; the certificate of the key must stand first",
                "ec.pem | '' | has a key of the kind EC; Microsoft Entra ID wants an RSA key",
                "pkcs1.pem | '' | has its key in the old form RSA PRIVATE KEY; turn it into PKCS8 with: openssl pkcs8 -topk8 -nodes -in old.key -out new.key"
            })
    void eachFlawIsOneSentence(String file, String password, String flaw) {
        assertRefused(of(file, password), FILES.resolve(file), flaw);
    }

    @Test
    void aCertificateIsGoodBetweenItsDates() {
        assertRefused(
                new CertificateFile(FILES.resolve("app.pem"), "", at("2300-01-01T00:00:00Z")),
                FILES.resolve("app.pem"),
                "has a certificate that expired at 2126-");
        assertRefused(
                new CertificateFile(FILES.resolve("app.pem"), "", at("2020-01-01T00:00:00Z")),
                FILES.resolve("app.pem"),
                "has a certificate that is not valid before 2026-");
    }

    @Test
    void whatIsNoCertificateAtAllIsToldSo(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "Canary");
        assertRefused(new CertificateFile(text, "", NOW), text, "is neither PEM nor PKCS12");

        Path torn = Files.writeString(
                folder.resolve("torn"),
                Files.readString(FILES.resolve("app.pem")).replaceFirst("MII[A-Za-z0-9+/]{20}", "MII"));
        assertRefused(new CertificateFile(torn, "", NOW), torn, "holds a private key that cannot be read");
    }

    @Test
    void severalKeysAreRefused(@TempDir Path folder) throws IOException {
        Path two = Files.writeString(
                folder.resolve("two"),
                Files.readString(FILES.resolve("app.pem")) + Files.readString(FILES.resolve("other.pem")));
        assertRefused(new CertificateFile(two, "", NOW), two, "must hold one private key, and holds 2");
    }

    @Test
    void thePasswordIsNotPrinted() {
        assertThat(of("app.p12", PASSWORD).toString()).doesNotContain(PASSWORD);
    }

    private static void assertRefused(CertificateFile certificate, Path file, String flaw) {
        assertThatThrownBy(certificate::credential)
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessageStartingWith("The file " + file + " (option certificateFile) " + flaw);
    }

    private static CertificateFile of(String file, String password) {
        return new CertificateFile(FILES.resolve(file), password, NOW);
    }

    private static Clock at(String instant) {
        return Clock.fixed(Instant.parse(instant), ZoneOffset.UTC);
    }
}
