package io.github.cameldataverse.changes.testkit.internal.webapi;

import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.http.QueryParameters;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusalException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the requests in the body of a {@code $batch}. */
record BatchParts(WebApiRequest call) {
    private static final int MOST = 1000;
    private static final Pattern BOUNDARY =
            Pattern.compile("multipart/mixed;\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70}))\\s*");
    private static final Pattern REQUEST_LINE = Pattern.compile("([A-Z]+) (\\S+) HTTP/1\\.1");

    List<ServiceRequest> read() {
        Matcher type = BOUNDARY.matcher(call.request().header("Content-Type").orElse(""));
        if (!type.matches()) {
            throw malformed("The Content-Type is not multipart/mixed with a boundary.");
        }
        String boundary = "--" + (type.group(1) == null ? type.group(2) : type.group(1));
        List<ServiceRequest> requests = new ArrayList<>();
        for (String part : texts(boundary)) {
            requests.add(request(part));
        }
        return requests;
    }

    private List<String> texts(String boundary) {
        String body = "\r\n" + call.request().body();
        int end = body.indexOf("\r\n" + boundary + "--");
        if (end < 0) {
            throw malformed("The body does not end with its boundary.");
        }
        String[] texts = body.substring(0, end).split(Pattern.quote("\r\n" + boundary + "\r\n"), -1);
        if (texts.length - 1 > MOST) {
            throw malformed(
                    "The current batch message contains too many parts. Only batch messages with a maximum number of '"
                            + MOST + "' query operations and change sets are allowed.");
        }
        // What stands before the first boundary is no part.
        return List.of(texts).subList(1, texts.length);
    }

    private ServiceRequest request(String part) {
        String[] heads = part.split("\r\n\r\n", 3);
        Map<String, List<String>> envelope = headers(heads[0], 0);
        if (heads.length < 3
                || !envelope.getOrDefault("content-type", List.of()).equals(List.of("application/http"))
                || !envelope.getOrDefault("content-transfer-encoding", List.of())
                        .equals(List.of("binary"))) {
            throw malformed("A part is no request of the type application/http in the encoding binary.");
        }
        Matcher line = REQUEST_LINE.matcher(heads[1].lines().findFirst().orElse(""));
        if (!line.matches()) {
            throw malformed("A part does not begin with a request line.");
        }
        requireSimulated(line.group(1), line.group(2));
        return request(line.group(2), headers(heads[1], 1));
    }

    private static void requireSimulated(String method, String target) {
        if (!"GET".equals(method) || target.endsWith(Batch.RESOURCE)) {
            throw new ServiceRefusalException(
                    501, ErrorCodes.NONE, "The simulator answers batches of GETs only; send a write by itself.");
        }
    }

    private ServiceRequest request(String target, Map<String, List<String>> headers) {
        String origin = call.request().origin();
        String absolute =
                target.startsWith("/") ? origin + target : target.startsWith(origin) ? target : call.service() + target;
        String local = absolute.substring(origin.length());
        int mark = local.indexOf('?');
        return new ServiceRequest(
                "GET",
                origin,
                mark < 0 ? local : local.substring(0, mark),
                QueryParameters.of(mark < 0 ? "" : local.substring(mark + 1)),
                headers,
                "");
    }

    private static Map<String, List<String>> headers(String head, int from) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        head.lines().skip(from).filter(line -> line.contains(":")).forEach(line -> {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                    List.of(line.substring(colon + 1).strip()));
        });
        return headers;
    }

    private static ServiceRefusalException malformed(String message) {
        return new ServiceRefusalException(400, ErrorCodes.NONE, message);
    }
}
