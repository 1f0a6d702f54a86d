package io.github.cameldataverse.changes.internal.signin;

import com.microsoft.aad.msal4j.IClientCredential;

/** What an application proves itself with. What stands in a file is read anew each time, because files are renewed. */
public sealed interface ClientProof permits ClientSecret, CertificateFile, FederatedTokenFile {

    /**
     * The proof in MSAL4J's words.
     *
     * @throws IllegalArgumentException with a sentence, if a file is missing or is not what it should be
     */
    IClientCredential credential();

    /** The options to check when the authority refuses it. */
    String checklist();
}
