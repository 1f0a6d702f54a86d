package io.github.cameldataverse.changes.testkit.entra;

import io.github.cameldataverse.changes.testkit.wire.Query;
import java.util.Optional;

/** What an application proves itself with. */
public sealed interface Credential permits Secret, RegisteredCertificate, Federation {
    /**
     * Why the proof in a form is not good enough, if it is not.
     *
     * @param clientId the application that the form names, known to be the right one
     * @param endpoint address that the form was sent to
     */
    Optional<EntraError> refusal(String clientId, Query form, String endpoint);
}
