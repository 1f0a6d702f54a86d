package io.github.cameldataverse.changes.testkit.internal.response;

import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.util.UUID;

/** The id by which the service's support finds a request. Each response of the service has one, also an error. */
public final class RequestId {

    private static final String HEADER = "x-ms-service-request-id";

    private RequestId() {}

    /** The response with an id of its own, if it has none. */
    public static ServiceResponse on(ServiceResponse response) {
        return response.header(HEADER).isEmpty()
                ? response.header(HEADER, UUID.randomUUID().toString())
                : response;
    }
}
