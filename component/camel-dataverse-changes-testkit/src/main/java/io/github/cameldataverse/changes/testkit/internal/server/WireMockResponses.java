package io.github.cameldataverse.changes.testkit.internal.server;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.Response;
import io.github.cameldataverse.changes.testkit.http.ConnectionFailure;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Translates our responses into WireMock's. */
final class WireMockResponses {
    private WireMockResponses() {}

    static Response of(ServiceResponse response) {
        return response.failure()
                .map(failure -> Response.response()
                        .fault(fault(failure))
                        .configured(true)
                        .build())
                .orElseGet(() -> Response.response()
                        .status(response.status())
                        .headers(headers(response))
                        .body(() -> new BodyStream(response))
                        .build());
    }

    private static HttpHeaders headers(ServiceResponse response) {
        List<HttpHeader> headers = new ArrayList<>();
        response.headers().forEach(header -> headers.add(new HttpHeader(header.name(), header.value())));
        if (!response.transfer().declaresLength()) {
            headers.add(new HttpHeader("Connection", "close"));
        } else if (response.status() != 204) {
            headers.add(new HttpHeader(
                    "Content-Length", Long.toString(response.body().length())));
        }
        return new HttpHeaders(headers);
    }

    private static Fault fault(ConnectionFailure failure) {
        return switch (failure) {
            case RESET -> Fault.CONNECTION_RESET_BY_PEER;
            case CLOSED -> Fault.EMPTY_RESPONSE;
            case INVALID_HTTP -> Fault.RANDOM_DATA_THEN_CLOSE;
            case BROKEN_CHUNK -> Fault.MALFORMED_RESPONSE_CHUNK;
        };
    }

    /**
     * The body as WireMock wants it. WireMock copies a body with {@link #transferTo}; there the response writes itself,
     * chunk by chunk and without a copy, or breaks the connection as a fault demands. The methods that read find nothing:
     * WireMock's own log uses them.
     */
    private static final class BodyStream extends InputStream {
        private final ServiceResponse response;

        BodyStream(ServiceResponse response) {
            this.response = response;
        }

        @Override
        public int read() {
            return -1;
        }

        @Override
        public int read(byte[] into, int from, int count) {
            return -1;
        }

        @Override
        public long transferTo(OutputStream out) throws IOException {
            response.transfer().send(response.body(), out);
            return response.body().length();
        }
    }
}
