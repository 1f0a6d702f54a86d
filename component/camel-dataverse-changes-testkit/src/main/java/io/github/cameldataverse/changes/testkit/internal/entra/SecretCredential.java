package io.github.cameldataverse.changes.testkit.internal.entra;

import io.github.cameldataverse.changes.testkit.http.QueryParameters;
import java.util.Optional;

/**
 * A client secret.
 *
 * @param text of the secret, never printed
 */
public record SecretCredential(String text) implements ClientCredential {
    @Override
    public Optional<EntraError> refusal(String clientId, QueryParameters form, String endpoint) {
        return form.value("client_secret").filter(text::equals).isPresent()
                ? Optional.empty()
                : Optional.of(EntraError.wrongSecret(clientId));
    }

    @Override
    public String toString() {
        return "a secret";
    }
}
