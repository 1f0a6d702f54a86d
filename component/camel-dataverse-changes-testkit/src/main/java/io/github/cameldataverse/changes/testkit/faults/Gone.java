package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.util.function.Supplier;

/** A bare 410, as some say an expired delta token is answered. */
public record Gone() implements Fault {
    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        return ServiceResponse.status(410);
    }
}
