package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A page is sent twice. The first matching request is answered properly; the second, whatever it asks for, gets the same
 * page again, with the same link. Arm it for two requests, or for all: then every page is sent twice.
 */
public final class DuplicatePage implements Fault {
    private Optional<ServiceResponse> sent = Optional.empty();

    @Override
    public synchronized ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        ServiceResponse response = sent.orElseGet(proper);
        sent = sent.isPresent() ? Optional.empty() : Optional.of(response);
        return response;
    }
}
