package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.argument.Argument;
import java.util.function.Supplier;

/**
 * A gateway answers in place of the service, in HTML.
 *
 * @param status 502, 503, 504, or 500
 */
public record ServiceUnavailable(int status) implements Fault {
    public ServiceUnavailable {
        Argument.within("ServiceUnavailable.status", status, 500, 599);
    }

    /** 503. */
    public ServiceUnavailable() {
        this(503);
    }

    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        return ServiceResponse.text(
                status,
                "text/html",
                "<html><head><title>" + status
                        + "</title></head><body><h1>The service is unavailable.</h1></body></html>");
    }
}
