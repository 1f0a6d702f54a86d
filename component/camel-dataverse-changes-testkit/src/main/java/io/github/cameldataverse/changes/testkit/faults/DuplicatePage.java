package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A page comes twice. The first request that it strikes is answered properly; the second, whatever it asks for, gets the
 * same page again, with the same link. So arm it for two requests, or for all: then every page comes twice.
 */
public final class DuplicatePage implements Fault {
    private Optional<ServiceResponse> sent = Optional.empty();

    @Override
    public synchronized ServiceResponse strike(ServiceRequest question, Supplier<ServiceResponse> proper) {
        ServiceResponse answer = sent.orElseGet(proper);
        sent = sent.isPresent() ? Optional.empty() : Optional.of(answer);
        return answer;
    }
}
