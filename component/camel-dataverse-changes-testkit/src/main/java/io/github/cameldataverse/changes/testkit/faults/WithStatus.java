package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.util.function.Supplier;

/**
 * Another fault's answer with another HTTP status: faults of the Organization Service have 500, but who knows.
 *
 * @param status HTTP status
 * @param fault whose answer it is
 */
public record WithStatus(int status, Fault fault) implements Fault {
    @Override
    public ServiceResponse strike(ServiceRequest question, Supplier<ServiceResponse> proper) {
        return fault.strike(question, proper).withStatus(status);
    }

    @Override
    public boolean spared(ServiceResponse answer) {
        return fault.spared(answer);
    }

    @Override
    public boolean concerns(ServiceRequest question) {
        return fault.concerns(question);
    }
}
