package io.github.cameldataverse.changes.internal.signin;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.IClientCredential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * A certificate with its private key, in one file: PEM, or PKCS12. The key signs what the authority is shown; it never
 * leaves the machine.
 *
 * @param file in either format, told by its content
 * @param password of the PKCS12 store, or of an encrypted key in PEM; empty if there is none. Never printed
 * @param clock says whether the certificate has expired
 */
public record CertificateFile(Path file, String password, Clock clock) implements ClientProof {

    @Override
    public IClientCredential credential() {
        KeyWithChain found = found();
        String flaw = found.flaw(clock.instant());
        if (!flaw.isEmpty()) {
            throw refused(flaw);
        }
        return ClientCredentialFactory.createFromCertificateChain(found.key(), found.chain());
    }

    @Override
    public Optional<String> secret() {
        return Optional.of(password);
    }

    @Override
    public String checklist() {
        return "tenantId and clientId, and that the certificate in certificateFile is registered with the application";
    }

    private KeyWithChain found() {
        try {
            byte[] content = Files.readAllBytes(file);
            return PemFile.isPem(content) ? PemFile.read(content, password) : Pkcs12File.read(content, password);
        } catch (IOException e) {
            throw refused(UnfitFileException.flaw(e));
        }
    }

    private IllegalArgumentException refused(String flaw) {
        return new IllegalArgumentException("The file " + file + " (option certificateFile) " + flaw);
    }

    @Override
    public String toString() {
        return "the certificate in " + file;
    }
}
