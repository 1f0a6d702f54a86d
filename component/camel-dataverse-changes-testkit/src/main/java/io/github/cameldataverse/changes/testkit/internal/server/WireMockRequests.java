package io.github.cameldataverse.changes.testkit.internal.server;

import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.Request;
import io.github.cameldataverse.changes.testkit.http.QueryParameters;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Translates WireMock's requests into ours. */
final class WireMockRequests {
    private WireMockRequests() {}

    static ServiceRequest of(Request request) {
        String url = request.getUrl();
        int mark = url.indexOf('?');
        return new ServiceRequest(
                request.getMethod().getName(),
                origin(request),
                mark < 0 ? url : url.substring(0, mark),
                QueryParameters.of(mark < 0 ? "" : url.substring(mark + 1)),
                headers(request),
                request.getBodyAsString());
    }

    private static Map<String, List<String>> headers(Request request) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (HttpHeader header : request.getHeaders().all()) {
            headers.put(header.key(), List.copyOf(header.values()));
        }
        return headers;
    }

    /** The origin that the client used, perhaps that of a proxy: links in the response must begin with it. */
    private static String origin(Request request) {
        String host = request.getHeader("Host");
        return request.getScheme() + "://" + (host == null ? request.getHost() + ":" + request.getPort() : host);
    }
}
