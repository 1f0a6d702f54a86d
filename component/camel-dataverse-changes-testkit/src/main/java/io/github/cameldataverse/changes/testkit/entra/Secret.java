package io.github.cameldataverse.changes.testkit.entra;

import io.github.cameldataverse.changes.testkit.wire.Query;
import java.util.Optional;

/**
 * A client secret.
 *
 * @param text of the secret, never printed
 */
public record Secret(String text) implements Credential {
    @Override
    public Optional<EntraError> refusal(String clientId, Query form, String endpoint) {
        return form.value("client_secret").filter(text::equals).isPresent()
                ? Optional.empty()
                : Optional.of(EntraError.wrongSecret(clientId));
    }

    @Override
    public String toString() {
        return "a secret";
    }
}
