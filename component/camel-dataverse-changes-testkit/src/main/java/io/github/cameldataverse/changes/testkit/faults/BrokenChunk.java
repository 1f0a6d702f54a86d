package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ConnectionFailure;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.util.function.Supplier;

/** Status and headers arrive, then something that is no chunk of a body. */
public record BrokenChunk() implements Fault {
    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        return ServiceResponse.failure(ConnectionFailure.BROKEN_CHUNK);
    }
}
