package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.util.function.Supplier;

/** Something that goes wrong between a client and the service. Implement it for a fault of your own. */
@FunctionalInterface
public interface Fault {

    /**
     * The response that the client gets.
     *
     * @param request what the client sent
     * @param proper makes the response without the fault; the request has no effect unless it is called
     */
    ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper);

    /**
     * Whether it has left the response as it was, and therefore stays armed for another one.
     *
     * @param response what it returned
     */
    default boolean leftUnchanged(ServiceResponse response) {
        return false;
    }

    /** Whether the fault makes sense for this request; if not, the request does not match. */
    default boolean appliesTo(ServiceRequest request) {
        return true;
    }
}
