package io.github.cameldataverse.changes.testkit.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An HTTP request that the simulated service has received.
 *
 * @param method in upper case
 * @param origin scheme, host and port that the client used; links in the response begin with it
 * @param path as it was sent, with its leading slash
 * @param query what follows the question mark
 * @param headers by name, case-insensitive, each with its lines
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

    /** Path, and query if there is one, as they were sent. */
    public String pathAndQuery() {
        return query.raw().isEmpty() ? path : path + "?" + query.raw();
    }

    /** The lines of a header joined by commas, as HTTP allows. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(lines -> String.join(",", lines));
    }

    /** How much control information the response is to have. */
    public MetadataLevel metadata() {
        return MetadataLevel.of(header("Accept").orElse(""));
    }

    /** The preferences in its {@code Prefer} headers. */
    public PreferHeader preferences() {
        return PreferHeader.of(header("Prefer").orElse(""));
    }
}
