package io.github.cameldataverse.changes.testkit.internal.entra;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cameldataverse.changes.testkit.http.QueryParameters;
import io.github.cameldataverse.changes.testkit.http.ResponseBody;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import java.util.Arrays;
import java.util.Optional;

/**
 * Answers {@code POST /<tenant>/oauth2/v2.0/token}: an access token by client credentials. Without an application set,
 * any id and secret are taken. Thread-safe.
 */
final class EntraTokenEndpoint {
    private static final String PATH = "/oauth2/v2.0/token";

    private final String tenant;
    private final Optional<RegisteredApplication> client;
    private final IssuedTokens tokens;
    private final Switches switches;

    EntraTokenEndpoint(String tenant, Optional<RegisteredApplication> client, IssuedTokens tokens, Switches switches) {
        this.tenant = tenant;
        this.client = client;
        this.tokens = tokens;
        this.switches = switches;
    }

    /** Whether a question is meant for it. */
    static boolean isMeantBy(ServiceRequest question) {
        return "POST".equals(question.method()) && question.path().endsWith(PATH);
    }

    /** A token, or Entra's refusal. */
    ServiceResponse answer(ServiceRequest question) {
        return refusal(question, QueryParameters.of(question.body()))
                .map(EntraError::answer)
                .orElseGet(this::token);
    }

    private ServiceResponse token() {
        long seconds = switches.get(Switch.TOKEN_LIFETIME).toSeconds();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("token_type", "Bearer")
                .put("expires_in", seconds)
                .put("ext_expires_in", seconds)
                .put("access_token", tokens.issue());
        return ServiceResponse.status(200)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("Cache-Control", "no-store, no-cache")
                .body(ResponseBody.of(json.toString()));
    }

    private Optional<EntraError> refusal(ServiceRequest question, QueryParameters form) {
        String path = question.path();
        String id = form.value("client_id").orElse("");
        if (!path.equals("/" + tenant + PATH)) {
            return Optional.of(EntraError.unknownTenant(path.substring(1, path.length() - PATH.length())));
        }
        if (!"client_credentials".equals(form.value("grant_type").orElse(""))) {
            return Optional.of(EntraError.unsupportedGrant());
        }
        if (client.filter(known -> !known.id().equals(id)).isPresent()) {
            return Optional.of(EntraError.unknownClient(id));
        }
        return client.flatMap(known -> known.credential().refusal(id, form, question.origin() + path))
                .or(() -> scopeRefusal(form.value("scope").orElse("")));
    }

    /**
     * A resource without a slash at the end, then {@code /.default}; two slashes name another resource. MSAL puts the
     * scopes of OpenID Connect beside it, in any order, and the real endpoint does not mind.
     */
    private static Optional<EntraError> scopeRefusal(String scope) {
        String resource = Arrays.stream(scope.split(" "))
                .filter(each -> each.endsWith("/.default"))
                .findFirst()
                .orElse("");
        if (!resource.matches("https?://[^/]+/+\\.default")) {
            return Optional.of(EntraError.invalidScope(scope));
        }
        return resource.contains("//.default") ? Optional.of(EntraError.unknownResource(resource)) : Optional.empty();
    }
}
