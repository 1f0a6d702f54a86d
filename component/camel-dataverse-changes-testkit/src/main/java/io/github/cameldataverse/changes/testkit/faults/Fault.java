package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.util.function.Supplier;

/**
 * Something that goes wrong between a client and the service. Implement it for a fault of your own. A fault that returns the
 * proper response as it was has not struck, and stays armed for another one; see {@link #changesResponse}.
 */
@FunctionalInterface
public interface Fault {

    /**
     * The response that the client gets. What is thrown here fails the test: see {@link Faults#requireAllStruck}.
     *
     * @param request what the client sent
     * @param proper makes the response without the fault; the request has no effect unless it is called
     */
    ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper);

    /**
     * Whether the fault shows in the response. If not, as with a {@link Delay} or a {@link Callback}, it has struck although
     * the response is the proper one.
     */
    default boolean changesResponse() {
        return true;
    }

    /** Whether the fault makes sense for this request; if not, the request does not match. */
    default boolean appliesTo(ServiceRequest request) {
        return true;
    }
}
