package io.github.cameldataverse.changes.internal.signin;

import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.MsalServiceException;
import io.github.cameldataverse.changes.auth.AccessToken;
import io.github.cameldataverse.changes.auth.AccessTokenException;
import io.github.cameldataverse.changes.auth.AccessTokenProvider;
import java.net.MalformedURLException;
import java.time.Duration;
import java.util.Set;

/** Signs in as an application with a proof of its own, through Microsoft's MSAL4J (OAuth 2.0 client credentials). */
public final class ClientCredentials implements AccessTokenProvider {

    private final String authority;
    private final String clientId;
    private final ClientProof proof;
    private final IHttpClient http;
    private final SignInCall call;

    /**
     * @param authority address of the tenant at the sign-in service, for example
     *     {@code https://login.microsoftonline.com/<tenant>/}
     * @param http carries MSAL4J's requests
     * @param deadline longest time for one sign-in
     * @throws IllegalArgumentException if the authority is no https address, or the proof cannot be read
     */
    public ClientCredentials(
            String authority, String clientId, ClientProof proof, IHttpClient http, Duration deadline) {
        this.authority = authority;
        this.clientId = clientId;
        this.proof = proof;
        this.http = http;
        this.call = new SignInCall(
                "the application " + clientId + " from " + authority,
                proof.checklist(),
                deadline,
                ClientCredentials::isRefusal);
        // Made once at the start, so that a bad file fails it.
        application();
    }

    @Override
    public AccessToken getAccessToken(String resource) throws AccessTokenException {
        // What is kept is kept by AccessTokens; here a token is asked for because the current one is no good.
        ClientCredentialParameters parameters = ClientCredentialParameters.builder(Set.of(resource + "/.default"))
                .skipCache(true)
                .build();
        try {
            return call.token(application().acquireToken(parameters));
        } catch (IllegalArgumentException e) {
            throw call.unready(e);
        }
    }

    private static boolean isRefusal(Throwable cause) {
        return cause instanceof MsalServiceException refusal
                && refusal.statusCode() != null
                && refusal.statusCode() >= 400
                && refusal.statusCode() < 500
                && refusal.statusCode() != 429;
    }

    private ConfidentialClientApplication application() {
        try {
            // The authority is configured, never discovered, so that nothing but its token endpoint is asked.
            return ConfidentialClientApplication.builder(clientId, proof.credential())
                    .authority(authority)
                    .instanceDiscovery(false)
                    .validateAuthority(false)
                    .disableInternalRetries()
                    .httpClient(http)
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("The option authority must be an https address, not " + authority, e);
        }
    }
}
