package io.github.cameldataverse.changes.testkit.internal.server;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.Response;
import io.github.cameldataverse.changes.testkit.http.ConnectionFailure;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.util.ArrayList;
import java.util.List;

/** An answer as a response of WireMock. */
final class WireMockResponses {
    private WireMockResponses() {}

    static Response response(ServiceResponse answer) {
        ConnectionFailure rupture = answer.rupture();
        if (rupture != null) {
            return Response.response().fault(fault(rupture)).configured(true).build();
        }
        return Response.response()
                .status(answer.status())
                .headers(headers(answer))
                .body(() -> new ResponseBodyStream(answer))
                .build();
    }

    private static HttpHeaders headers(ServiceResponse answer) {
        List<HttpHeader> headers = new ArrayList<>();
        answer.headers().forEach(header -> headers.add(new HttpHeader(header.name(), header.value())));
        if (answer.delivery().declaresLength() && answer.status() != 204) {
            headers.add(
                    new HttpHeader("Content-Length", Long.toString(answer.body().length())));
        }
        return new HttpHeaders(headers);
    }

    private static Fault fault(ConnectionFailure rupture) {
        return switch (rupture) {
            case RESET -> Fault.CONNECTION_RESET_BY_PEER;
            case CLOSED -> Fault.EMPTY_RESPONSE;
            case GARBAGE -> Fault.RANDOM_DATA_THEN_CLOSE;
            case BROKEN_CHUNK -> Fault.MALFORMED_RESPONSE_CHUNK;
        };
    }
}
