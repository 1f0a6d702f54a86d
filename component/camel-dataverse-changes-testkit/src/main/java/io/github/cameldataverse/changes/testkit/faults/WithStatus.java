package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.argument.Argument;
import java.util.function.Supplier;

/**
 * The response of another fault with another HTTP status, for example a SOAP fault with 429.
 *
 * @param status HTTP status
 * @param fault whose response it is
 */
public record WithStatus(int status, Fault fault) implements Fault {
    public WithStatus {
        Argument.within("WithStatus.status", status, 200, 599);
        Argument.given("WithStatus.fault", fault);
    }

    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        return fault.inject(request, proper).withStatus(status);
    }

    @Override
    public boolean changesResponse() {
        return fault.changesResponse();
    }

    @Override
    public boolean appliesTo(ServiceRequest request) {
        return fault.appliesTo(request);
    }
}
