package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.util.function.Supplier;

/** 204 and no body. */
public record NoContent204() implements Fault {
    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        return ServiceResponse.status(204).header("OData-Version", "4.0");
    }
}
