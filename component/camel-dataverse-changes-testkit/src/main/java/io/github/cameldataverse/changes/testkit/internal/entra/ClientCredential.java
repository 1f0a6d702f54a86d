package io.github.cameldataverse.changes.testkit.internal.entra;

import io.github.cameldataverse.changes.testkit.http.QueryParameters;
import java.util.Optional;

/** The credential that an application signs in with. */
public sealed interface ClientCredential permits SecretCredential, CertificateCredential, FederatedCredential {
    /**
     * The reason why the form does not prove the identity of the application, if it does not.
     *
     * @param clientId the application that the form names; it is the registered one
     * @param endpoint the URL that the form was sent to
     */
    Optional<EntraError> refusal(String clientId, QueryParameters form, String endpoint);
}
