package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A page is sent twice. The first matching request is answered properly; the one behind it, which asks for something else, gets
 * the same page again, with the same link. Armed for all requests, every page is sent twice.
 */
public final class DuplicatePage implements Fault {
    private Optional<Sent> sent = Optional.empty();

    private record Sent(ServiceRequest request, ServiceResponse response) {
        boolean answers(ServiceRequest other) {
            return request.method().equals(other.method())
                    && request.pathAndQuery().equals(other.pathAndQuery())
                    && request.body().equals(other.body());
        }
    }

    @Override
    public synchronized ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        Optional<Sent> page = sent.filter(each -> !each.answers(request));
        ServiceResponse response = page.map(Sent::response).orElseGet(proper);
        sent = page.isPresent() ? Optional.empty() : Optional.of(new Sent(request, response));
        return response;
    }

    @Override
    public String toString() {
        return "DuplicatePage";
    }
}
