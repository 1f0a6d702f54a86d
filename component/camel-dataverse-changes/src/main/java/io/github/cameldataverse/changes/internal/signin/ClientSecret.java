package io.github.cameldataverse.changes.internal.signin;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.IClientCredential;
import java.util.Optional;

/**
 * The application's own secret.
 *
 * @param text never printed
 */
public record ClientSecret(String text) implements ClientProof {

    @Override
    public IClientCredential credential() {
        return ClientCredentialFactory.createFromSecret(text);
    }

    @Override
    public Optional<String> secret() {
        return Optional.of(text);
    }

    @Override
    public String checklist() {
        return "tenantId, clientId and clientSecret";
    }

    @Override
    public String toString() {
        return "a client secret";
    }
}
