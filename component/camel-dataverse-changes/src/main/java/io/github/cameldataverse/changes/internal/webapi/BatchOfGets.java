package io.github.cameldataverse.changes.internal.webapi;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/**
 * A {@code $batch} of GETs (OData 4.0, part 1, section 11.7.2), each written as learn.microsoft.com has it in "Execute batch
 * operations using the Web API": with a path that begins at the host, and without a Content-ID, which belongs to change sets.
 *
 * @param boundary between the parts
 */
record BatchOfGets(String boundary) {

    private static final String LINE = "\r\n";

    static BatchOfGets make() {
        return new BatchOfGets("batch_" + UUID.randomUUID());
    }

    String contentType() {
        return "multipart/mixed; boundary=\"" + boundary + "\"";
    }

    /**
     * The body.
     *
     * @param links what to get: path and query
     * @param headers that each of the requests has
     */
    byte[] body(Collection<String> links, Map<String, String> headers) {
        StringBuilder body = new StringBuilder();
        for (String link : links) {
            body.append("--").append(boundary).append(LINE);
            body.append("Content-Type: application/http").append(LINE);
            body.append("Content-Transfer-Encoding: binary").append(LINE).append(LINE);
            body.append("GET ").append(link).append(" HTTP/1.1").append(LINE);
            headers.forEach((name, value) ->
                    body.append(name).append(": ").append(value).append(LINE));
            body.append(LINE).append(LINE);
        }
        body.append("--").append(boundary).append("--").append(LINE);
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }
}
