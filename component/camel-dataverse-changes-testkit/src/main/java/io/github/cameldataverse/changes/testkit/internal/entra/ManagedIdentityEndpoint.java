package io.github.cameldataverse.changes.testkit.internal.entra;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cameldataverse.changes.testkit.http.ResponseBody;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Issues access tokens to managed identities, in the two ways of Azure: the instance metadata service of virtual machines,
 * and the identity endpoint of App Service, which expects its secret in a header. Thread-safe.
 */
final class ManagedIdentityEndpoint {
    static final String APP_SERVICE = "/msi/token";
    private static final String INSTANCE_METADATA = "/metadata/identity/oauth2/token";

    /** The client id that stands for the system-assigned identity. */
    static final String SYSTEM_ASSIGNED = "";

    private final String header = UUID.randomUUID().toString();
    private final Set<String> identities;
    private final IssuedTokens tokens;

    /** @param identities client ids, {@link #SYSTEM_ASSIGNED} for the system-assigned identity */
    ManagedIdentityEndpoint(Set<String> identities, IssuedTokens tokens) {
        this.identities = identities;
        this.tokens = tokens;
    }

    /** MSAL puts two slashes between host and path. */
    static boolean isFor(ServiceRequest request) {
        String path = request.path().replaceFirst("^//", "/");
        return path.equals(APP_SERVICE) || path.equals(INSTANCE_METADATA);
    }

    String header() {
        return header;
    }

    ServiceResponse answer(ServiceRequest request) {
        boolean appService = request.path().equals(APP_SERVICE);
        String identity = request.query().value("client_id").orElse(SYSTEM_ASSIGNED);
        if (!isAllowed(request, appService)) {
            return appService
                    ? refused(401, "Unauthorized", "The header X-IDENTITY-HEADER is not the one of this machine")
                    : refused(400, "bad_request_102", "Required metadata header not specified");
        }
        if (!identities.contains(identity)) {
            return refused(400, "invalid_request", "Identity not found");
        }
        String resource = request.query().value("resource").orElse("");
        return resource.matches("https?://[^/]+")
                ? token(resource, identity)
                : refused(400, "invalid_resource", "The resource " + resource + " was not found in the tenant");
    }

    private boolean isAllowed(ServiceRequest request, boolean appService) {
        Optional<String> proof = request.header(appService ? "X-IDENTITY-HEADER" : "Metadata");
        return proof.filter(appService ? header::equals : "true"::equals).isPresent();
    }

    private ServiceResponse token(String resource, String identity) {
        Duration lifetime = tokens.lifetime();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("access_token", tokens.issue())
                .put("client_id", identity)
                .put("expires_in", Long.toString(lifetime.toSeconds()))
                .put("expires_on", Long.toString(expiry(lifetime)))
                .put("resource", resource)
                .put("token_type", "Bearer");
        return json(200, json);
    }

    private long expiry(Duration lifetime) {
        Instant now = tokens.now();
        return now.plus(lifetime).getEpochSecond();
    }

    private static ServiceResponse refused(int status, String error, String text) {
        return json(
                status,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("error", error)
                        .put("error_description", text)
                        .put("statusCode", status)
                        .put("message", text));
    }

    private static ServiceResponse json(int status, ObjectNode json) {
        return ServiceResponse.status(status)
                .header("Content-Type", "application/json; charset=utf-8")
                .body(ResponseBody.of(json.toString()));
    }
}
