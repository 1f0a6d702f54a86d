package io.github.cameldataverse.changes.testkit.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What comes in.
 *
 * @param method in upper case
 * @param origin scheme, host and port that the client used; links in the answer begin with it
 * @param path as it came, with its leading slash
 * @param query what stands behind the question mark
 * @param headers by name in any case, each with its lines
 * @param body as text, empty when there is none
 */
public record ServiceRequest(
        String method,
        String origin,
        String path,
        QueryParameters query,
        Map<String, List<String>> headers,
        String body) {
    public ServiceRequest {
        Map<String, List<String>> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        headers = anyCase;
    }

    /** As it came: path, and query if there is one. */
    public String pathAndQuery() {
        return query.raw().isEmpty() ? path : path + "?" + query.raw();
    }

    /** The lines of a header joined by commas, as HTTP allows. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(lines -> String.join(",", lines));
    }

    /** What the client prefers. */
    public PreferHeader preferences() {
        return PreferHeader.of(header("Prefer").orElse(""));
    }
}
