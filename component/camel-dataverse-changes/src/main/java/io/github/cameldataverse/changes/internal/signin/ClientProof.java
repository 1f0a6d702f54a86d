package io.github.cameldataverse.changes.internal.signin;

import com.microsoft.aad.msal4j.IClientCredential;

/** What an application proves itself with. What is in a file is read each time, because files are renewed. */
public sealed interface ClientProof permits ClientSecret, CertificateFile, FederatedTokenFile {

    /**
     * The proof as MSAL4J takes it.
     *
     * @throws IllegalArgumentException with a sentence, if a file is missing or is not what it should be
     */
    IClientCredential credential();

    /** The options to check when the authority refuses it. */
    String checklist();
}
