package io.github.cameldataverse.changes.internal.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The secrets in what is said to a sign-in service, and in its answer: MSAL4J makes some of them itself. */
final class SignInSecrets {

    /** Form fields of OAuth 2.0 (RFC 6749, 2.3.1; RFC 7521, 4.2). */
    private static final Pattern FIELD =
            Pattern.compile("(?:^|&)(?:client_secret|client_assertion|assertion|refresh_token)=([^&]+)");

    private static final Pattern TOKEN =
            Pattern.compile("\"(?:access_token|id_token|refresh_token)\"\\s*:\\s*\"([^\"]+)\"");

    /** By these a managed identity proves that it asks from its own machine. */
    private static final Set<String> HEADERS = Set.of("x-identity-header", "secret", "authorization");

    private SignInSecrets() {}

    static Stream<String> ofRequest(@Nullable Map<String, String> headers, @Nullable String body) {
        Stream<String> inHeaders = headers == null
                ? Stream.empty()
                : headers.entrySet().stream()
                        .filter(header -> HEADERS.contains(header.getKey().toLowerCase(Locale.ROOT)))
                        .map(header -> header.getValue().replaceFirst("^(?:Basic|Bearer) ", ""));
        return body == null ? inHeaders : Stream.concat(inHeaders, inFields(body));
    }

    private static Stream<String> inFields(String form) {
        return FIELD.matcher(form).results().map(field -> URLDecoder.decode(field.group(1), StandardCharsets.UTF_8));
    }

    static Stream<String> ofAnswer(String json) {
        return TOKEN.matcher(json).results().map(token -> token.group(1));
    }
}
