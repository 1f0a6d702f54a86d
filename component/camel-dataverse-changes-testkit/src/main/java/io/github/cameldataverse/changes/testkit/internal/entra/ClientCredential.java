package io.github.cameldataverse.changes.testkit.internal.entra;

import io.github.cameldataverse.changes.testkit.http.QueryParameters;
import java.util.Optional;

/** What an application proves itself with. */
public sealed interface ClientCredential permits SecretCredential, CertificateCredential, FederatedCredential {
    /**
     * Why the proof in a form is not good enough, if it is not.
     *
     * @param clientId the application that the form names, known to be the right one
     * @param endpoint address that the form was sent to
     */
    Optional<EntraError> refusal(String clientId, QueryParameters form, String endpoint);
}
