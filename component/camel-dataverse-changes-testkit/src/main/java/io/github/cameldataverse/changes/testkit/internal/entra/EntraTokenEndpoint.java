package io.github.cameldataverse.changes.testkit.internal.entra;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cameldataverse.changes.testkit.http.QueryParameters;
import io.github.cameldataverse.changes.testkit.http.ResponseBody;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Answers {@code POST /<tenant>/oauth2/v2.0/token}: an access token by client credentials. Without a registered
 * application, any id and secret are accepted. Thread-safe.
 */
final class EntraTokenEndpoint {
    private static final String BASIC = "Basic ";
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

    /** Whether a request is for this endpoint. */
    static boolean isFor(ServiceRequest request) {
        return "POST".equals(request.method()) && request.path().endsWith(PATH);
    }

    /** An access token, or an error response. */
    ServiceResponse answer(ServiceRequest request) {
        return refusal(request, QueryParameters.of(request.body() + credentials(request)))
                .map(EntraError::answer)
                .orElseGet(this::token);
    }

    /** Id and secret in the header {@code Authorization: Basic}, as parameters of the form (RFC 6749, section 2.3.1). */
    private static String credentials(ServiceRequest request) {
        String header = request.header("Authorization").orElse("");
        if (!header.startsWith(BASIC)) {
            return "";
        }
        String[] pair = new String(Base64.getDecoder().decode(header.substring(BASIC.length())), UTF_8).split(":", 2);
        return "&client_id=" + encoded(pair[0]) + (pair.length == 2 ? "&client_secret=" + encoded(pair[1]) : "");
    }

    /** Not every client encodes what it writes into the header. */
    private static String encoded(String text) {
        return URLEncoder.encode(URLDecoder.decode(text, UTF_8), UTF_8);
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

    private Optional<EntraError> refusal(ServiceRequest request, QueryParameters form) {
        String path = request.path();
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
        return client.flatMap(known -> known.credential().refusal(id, form, request.origin() + path))
                .or(() -> scopeRefusal(form.value("scope").orElse("")));
    }

    /**
     * A resource without a slash at the end, then {@code /.default}; with two slashes it is another resource. MSAL adds the
     * scopes of OpenID Connect, in any order, and the real endpoint accepts that.
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
