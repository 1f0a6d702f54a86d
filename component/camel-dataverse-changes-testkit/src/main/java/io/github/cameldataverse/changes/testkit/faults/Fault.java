package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.util.function.Supplier;

/** Something that goes wrong between a client and the service. Implement it for a fault of your own. */
@FunctionalInterface
public interface Fault {
    /**
     * The answer that the client gets.
     *
     * @param question what the client asked
     * @param proper makes the answer it should have got; not made unless asked for
     */
    ServiceResponse strike(ServiceRequest question, Supplier<ServiceResponse> proper);

    /**
     * Whether it left the answer as it was, and so stays armed for another one.
     *
     * @param answer what it gave back
     */
    default boolean spared(ServiceResponse answer) {
        return false;
    }

    /** Whether it can strike this question at all; one that cannot is no match. */
    default boolean concerns(ServiceRequest question) {
        return true;
    }
}
