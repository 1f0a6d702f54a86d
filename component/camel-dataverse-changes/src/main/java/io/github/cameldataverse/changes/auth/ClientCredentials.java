package io.github.cameldataverse.changes.auth;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.MsalException;
import com.microsoft.aad.msal4j.MsalServiceException;
import java.net.MalformedURLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Signs in as an application with a secret, through Microsoft's MSAL4J (OAuth 2.0 client credentials). */
public final class ClientCredentials implements AccessTokenProvider {

    private final ConfidentialClientApplication application;
    private final String authority;
    private final String clientId;
    private final Duration deadline;

    /**
     * @param authority address of the tenant at the sign-in service, for example
     *     {@code https://login.microsoftonline.com/<tenant>/}
     * @param http carries MSAL4J's requests
     * @param deadline longest time for one sign-in
     * @throws IllegalArgumentException if the authority is no https address or the secret is empty
     */
    public ClientCredentials(
            String authority, String clientId, String clientSecret, IHttpClient http, Duration deadline) {
        this.authority = authority;
        this.clientId = clientId;
        this.deadline = deadline;
        this.application = application(authority, clientId, clientSecret, http);
    }

    @Override
    public AccessToken getAccessToken(String resource) throws AccessTokenException {
        // What is kept is kept by AccessTokens; here a token is asked for because the one in hand is no good.
        ClientCredentialParameters parameters = ClientCredentialParameters.builder(Set.of(resource + "/.default"))
                .skipCache(true)
                .build();
        try {
            IAuthenticationResult result =
                    application.acquireToken(parameters).get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            return new AccessToken(result.accessToken(), result.expiresOnDate().toInstant());
        } catch (ExecutionException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw AccessTokenException.unreachable("No access token from " + authority + " within " + deadline, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AccessTokenException.unreachable("Stopped while waiting for an access token", e);
        }
    }

    private AccessTokenException failed(Throwable cause) {
        // The advice stands before the authority's own words, which are long and may be cut.
        String sentence = "No access token for the application " + clientId + " from " + authority;
        if (cause instanceof MsalServiceException refusal && isRefusal(refusal)) {
            return AccessTokenException.refused(
                    sentence + " (check tenantId, clientId and clientSecret): " + refusal.getMessage(), null);
        }
        return AccessTokenException.unreachable(
                sentence + ": " + (cause instanceof MsalException ? cause.getMessage() : cause.toString()), cause);
    }

    private static boolean isRefusal(MsalServiceException e) {
        Integer status = e.statusCode();
        return status != null && status >= 400 && status < 500 && status != 429;
    }

    private static ConfidentialClientApplication application(
            String authority, String clientId, String clientSecret, IHttpClient http) {
        try {
            // The authority is configured, never discovered, so that nothing but its token endpoint is asked.
            return ConfidentialClientApplication.builder(
                            clientId, ClientCredentialFactory.createFromSecret(clientSecret))
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
