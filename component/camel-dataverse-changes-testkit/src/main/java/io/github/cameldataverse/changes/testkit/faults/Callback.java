package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.argument.Argument;
import java.util.function.Supplier;

/**
 * No fault, but something that the test does while a request is under way: a write between two pages, for example, or a
 * wait until it goes on. The response is the proper one.
 *
 * @param action runs on a thread of the server before the response is made; several at once if several requests match
 */
public record Callback(Runnable action) implements Fault {
    public Callback {
        Argument.given("The action of a Callback", action);
    }

    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        action.run();
        return proper.get();
    }

    @Override
    public boolean changesResponse() {
        return false;
    }
}
