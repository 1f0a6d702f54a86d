package io.github.cameldataverse.changes.testkit.entra;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Body;
import io.github.cameldataverse.changes.testkit.wire.Query;
import io.github.cameldataverse.changes.testkit.wire.Question;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers {@code POST /<tenant>/oauth2/v2.0/token}: an access token by client credentials. Without an application set,
 * any id and secret are taken. Thread-safe.
 */
public final class TokenEndpoint {
    private static final String PATH = "/oauth2/v2.0/token";

    private final String tenant;
    private final Optional<Client> client;
    private final AccessTokens tokens;
    private final Switches switches;
    private final AtomicInteger answered = new AtomicInteger();

    public TokenEndpoint(String tenant, Optional<Client> client, AccessTokens tokens, Switches switches) {
        this.tenant = tenant;
        this.client = client;
        this.tokens = tokens;
        this.switches = switches;
    }

    /** Whether a question is meant for it. */
    public static boolean isMeantBy(Question question) {
        return "POST".equals(question.method()) && question.path().endsWith(PATH);
    }

    /** How many questions were answered, refusals included. */
    public int answered() {
        return answered.get();
    }

    /** Counts from 0 again. */
    public void forget() {
        answered.set(0);
    }

    /** A token, or Entra's refusal. */
    public Answer answer(Question question) {
        answered.incrementAndGet();
        return refusal(question.path(), Query.of(question.body()))
                .map(EntraError::answer)
                .orElseGet(this::token);
    }

    private Answer token() {
        long seconds = switches.get(Switch.TOKEN_LIFETIME).toSeconds();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("token_type", "Bearer")
                .put("expires_in", seconds)
                .put("ext_expires_in", seconds)
                .put("access_token", tokens.issue());
        return Answer.status(200)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("Cache-Control", "no-store, no-cache")
                .body(Body.of(json.toString()));
    }

    private Optional<EntraError> refusal(String path, Query form) {
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
        if (client.filter(known ->
                        !known.secret().equals(form.value("client_secret").orElse("")))
                .isPresent()) {
            return Optional.of(EntraError.wrongSecret(id));
        }
        return scopeRefusal(form.value("scope").orElse(""));
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
