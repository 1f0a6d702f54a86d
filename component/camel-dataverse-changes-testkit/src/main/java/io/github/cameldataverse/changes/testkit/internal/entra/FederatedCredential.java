package io.github.cameldataverse.changes.testkit.internal.entra;

import io.github.cameldataverse.changes.testkit.http.QueryParameters;
import java.time.Clock;
import java.util.Optional;

/**
 * A federated credential: trust in the tokens that an issuer, such as a Kubernetes cluster, issues to one subject.
 *
 * @param issuer whose signature is trusted
 * @param subject that the token must be for
 * @param clock the real time
 */
public record FederatedCredential(FederatedIssuer issuer, String subject, Clock clock) implements ClientCredential {
    @Override
    public Optional<EntraError> refusal(String clientId, QueryParameters form, String endpoint) {
        return JsonWebToken.inForm(form).map(this::refusal).orElseGet(() -> Optional.of(EntraError.noAssertion()));
    }

    private Optional<EntraError> refusal(JsonWebToken token) {
        if (!issuer.hasSigned(token)
                || !token.claim("sub").equals(subject)
                || !token.claim("aud").equals(FederatedIssuer.AUDIENCE)) {
            return Optional.of(EntraError.unknownSubject(token.claim("iss"), token.claim("sub"), token.claim("aud")));
        }
        return token.isValidAt(clock.instant()) ? Optional.empty() : Optional.of(EntraError.outOfTime());
    }
}
