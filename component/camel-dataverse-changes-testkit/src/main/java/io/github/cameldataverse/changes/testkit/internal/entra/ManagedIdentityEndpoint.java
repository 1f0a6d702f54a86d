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
 * Gives tokens to the managed identities of the machine, in the two ways that Azure has: the instance metadata service of
 * virtual machines, and the identity endpoint of App Service, which wants its secret in a header. Thread-safe.
 */
final class ManagedIdentityEndpoint {
    static final String APP_SERVICE = "/msi/token";
    private static final String INSTANCE_METADATA = "/metadata/identity/oauth2/token";

    /** For the identity of the machine itself. */
    static final String SYSTEM_ASSIGNED = "";

    private final String header = UUID.randomUUID().toString();
    private final Set<String> identities;
    private final IssuedTokens tokens;

    /** @param identities client ids, {@link #SYSTEM_ASSIGNED} for that of the machine itself */
    ManagedIdentityEndpoint(Set<String> identities, IssuedTokens tokens) {
        this.identities = identities;
        this.tokens = tokens;
    }

    /** One slash more is what MSAL puts between host and path. */
    static boolean isMeantBy(ServiceRequest question) {
        String path = question.path().replaceFirst("^//", "/");
        return path.equals(APP_SERVICE) || path.equals(INSTANCE_METADATA);
    }

    String header() {
        return header;
    }

    ServiceResponse answer(ServiceRequest question) {
        boolean appService = question.path().equals(APP_SERVICE);
        String identity = question.query().value("client_id").orElse(SYSTEM_ASSIGNED);
        if (!isAllowed(question, appService)) {
            return appService
                    ? refused(401, "Unauthorized", "The header X-IDENTITY-HEADER is not the one of this machine")
                    : refused(400, "bad_request_102", "Required metadata header not specified");
        }
        if (!identities.contains(identity)) {
            return refused(400, "invalid_request", "Identity not found");
        }
        String resource = question.query().value("resource").orElse("");
        return resource.matches("https?://[^/]+")
                ? token(resource, identity)
                : refused(400, "invalid_resource", "The resource " + resource + " was not found in the tenant");
    }

    private boolean isAllowed(ServiceRequest question, boolean appService) {
        Optional<String> proof = question.header(appService ? "X-IDENTITY-HEADER" : "Metadata");
        return proof.filter(appService ? header::equals : "true"::equals).isPresent();
    }

    private ServiceResponse token(String resource, String identity) {
        Duration life = tokens.lifetime();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("access_token", tokens.issue())
                .put("client_id", identity)
                .put("expires_in", Long.toString(life.toSeconds()))
                .put("expires_on", Long.toString(expiry(life)))
                .put("resource", resource)
                .put("token_type", "Bearer");
        return json(200, json);
    }

    private long expiry(Duration life) {
        Instant now = tokens.now();
        return now.plus(life).getEpochSecond();
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
