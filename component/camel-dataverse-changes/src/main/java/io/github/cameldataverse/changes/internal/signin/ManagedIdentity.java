package io.github.cameldataverse.changes.internal.signin;

import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import com.microsoft.aad.msal4j.ManagedIdentityApplication;
import com.microsoft.aad.msal4j.ManagedIdentityId;
import com.microsoft.aad.msal4j.ManagedIdentityParameters;
import io.github.cameldataverse.changes.auth.AccessToken;
import io.github.cameldataverse.changes.auth.AccessTokenException;
import io.github.cameldataverse.changes.auth.AccessTokenProvider;
import java.time.Duration;

/**
 * Signs in as the managed identity of the Azure resource that this process runs on, through MSAL4J. Where tokens are
 * given out, MSAL4J finds out from the environment variables that Azure sets (App Service, Container Apps, Arc); without
 * them it asks the instance metadata service of virtual machines.
 */
public final class ManagedIdentity implements AccessTokenProvider {

    private final ManagedIdentityApplication application;
    private final SignInCall call;
    private volatile int lastStatus;

    /**
     * @param clientId of an identity that a user has assigned to the resource; empty for the resource's own
     * @param http carries MSAL4J's requests
     * @param deadline longest time for one sign-in
     */
    public ManagedIdentity(String clientId, IHttpClient http, Duration deadline) {
        ManagedIdentityId id = clientId.isEmpty()
                ? ManagedIdentityId.systemAssigned()
                : ManagedIdentityId.userAssignedClientId(clientId);
        this.application = ManagedIdentityApplication.builder(id)
                .httpClient(request -> noted(http, request))
                .disableInternalRetries()
                .build();
        this.call = new SignInCall(
                clientId.isEmpty() ? "the managed identity of this machine" : "the managed identity " + clientId,
                "that the identity is assigned to this Azure resource, and clientId",
                deadline,
                failure -> isRefusal(lastStatus));
    }

    @Override
    public AccessToken getAccessToken(String resource) throws AccessTokenException {
        lastStatus = 0;
        ManagedIdentityParameters parameters =
                ManagedIdentityParameters.builder(resource).forceRefresh(true).build();
        try {
            return call.token(application.acquireTokenForManagedIdentity(parameters));
        } catch (AccessTokenException e) {
            throw e;
        } catch (Exception e) {
            // MSAL4J declares any exception here, and throws none in this version.
            throw AccessTokenException.unreachable("The managed identity could not be asked for: " + e, e);
        }
    }

    /** MSAL4J does not tell the status of a refusal. */
    private IHttpResponse noted(IHttpClient http, HttpRequest request) throws Exception {
        IHttpResponse response = http.send(request);
        lastStatus = response.statusCode();
        return response;
    }

    /** The metadata service answers 404 and 410 while it is being renewed, and 429 when it has too much to do. */
    private static boolean isRefusal(int status) {
        return status == 400 || status == 401 || status == 403;
    }
}
