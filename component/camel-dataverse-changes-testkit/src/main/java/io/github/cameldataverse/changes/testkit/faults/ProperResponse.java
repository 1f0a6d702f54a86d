package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.response.GzipEncoding;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/** The response without the fault, as the fault has asked for it; tells whether the fault has changed anything of it. */
final class ProperResponse implements Supplier<ServiceResponse> {
    private final ServiceRequest request;
    private final Supplier<ServiceResponse> proper;
    private Optional<ServiceResponse> made = Optional.empty();

    ProperResponse(ServiceRequest request, Supplier<ServiceResponse> proper) {
        this.request = request;
        this.proper = proper;
    }

    @Override
    public ServiceResponse get() {
        ServiceResponse response = proper.get();
        made = Optional.of(response);
        return response;
    }

    /** Whether the client gets nothing but the proper response; a fault that has not asked for it made its own. */
    boolean isLeftBy(ServiceResponse response) {
        return made.filter(own -> isSame(own, response) && arrivesWhole(response))
                .isPresent();
    }

    private static boolean isSame(ServiceResponse own, ServiceResponse other) {
        return own.status() == other.status()
                && own.headers().equals(other.headers())
                && own.failure().equals(other.failure())
                && Arrays.equals(own.body().bytes(), other.body().bytes());
    }

    private boolean arrivesWhole(ServiceResponse response) {
        return response.transfer()
                .isWhole(GzipEncoding.encode(request, response).body());
    }
}
