package io.github.cameldataverse.changes.internal.signin;

import com.microsoft.aad.msal4j.IClientCredential;
import java.util.Optional;

/** What an application proves itself with. What is in a file is read each time, because files are renewed. */
public sealed interface ClientProof permits ClientSecret, CertificateFile, FederatedTokenFile {

    /**
     * The proof as MSAL4J takes it.
     *
     * @throws IllegalArgumentException with a sentence, if a file is missing or is not what it should be
     */
    IClientCredential credential();

    /** What of it is in the options and secret; empty if it is in a file. */
    default Optional<String> secret() {
        return Optional.empty();
    }

    /** The options to check when the authority refuses it. */
    String checklist();
}
