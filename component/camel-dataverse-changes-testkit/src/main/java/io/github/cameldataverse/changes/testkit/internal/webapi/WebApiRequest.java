package io.github.cameldataverse.changes.testkit.internal.webapi;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request to the Web API.
 *
 * @param request as it was received
 * @param service origin and path of the Web API in the requested version, with a slash at the end
 * @param resource decoded path below the service
 */
record WebApiRequest(ServiceRequest request, String service, String resource) {
    private static final Pattern WEB_API = Pattern.compile("(/api/data/v\\d+\\.\\d+)(?:/(.*))?");

    static Optional<WebApiRequest> of(ServiceRequest request) {
        Matcher matcher = WEB_API.matcher(request.path());
        return matcher.matches()
                ? Optional.of(new WebApiRequest(request, request.origin() + matcher.group(1) + "/", resource(matcher)))
                : Optional.empty();
    }

    boolean isGet() {
        return "GET".equals(request.method());
    }

    private static String resource(Matcher matcher) {
        String raw = Optional.ofNullable(matcher.group(2)).orElse("");
        // In a path, unlike in a query, a plus is a plus.
        return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
