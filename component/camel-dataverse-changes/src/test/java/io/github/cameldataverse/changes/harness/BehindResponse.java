package io.github.cameldataverse.changes.harness;

import io.github.cameldataverse.changes.testkit.faults.Fault;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.util.function.Supplier;

/** Something that happens when the answer to a request is made and not yet sent; the answer is the proper one. */
public record BehindResponse(Runnable action) implements Fault {

    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        ServiceResponse answer = proper.get();
        action.run();
        return answer;
    }

    @Override
    public boolean changesResponse() {
        return false;
    }
}
