package io.github.cameldataverse.changes.internal.signin;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.IClientCredential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A token that the platform gives to a workload in a file and replaces before it expires, as Kubernetes does to a service
 * account; the application trusts it by a federated credential (learn.microsoft.com, "Workload identity federation").
 *
 * @param file with the token and nothing else
 */
public record FederatedTokenFile(Path file) implements ClientProof {

    @Override
    public IClientCredential credential() {
        String token = text();
        if (token.isBlank()) {
            throw new IllegalArgumentException("The file " + file + " (option federatedTokenFile) is empty; it should"
                    + " hold the token that the platform gives to this workload");
        }
        return ClientCredentialFactory.createFromClientAssertion(token);
    }

    @Override
    public String checklist() {
        return "tenantId and clientId, and that the application has a federated credential for the issuer and subject"
                + " of the token in federatedTokenFile";
    }

    private String text() {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The file " + file + " (option federatedTokenFile) " + UnfitFileException.flaw(e)
                            + ". It should hold the token that the platform gives to this workload");
        }
    }
}
