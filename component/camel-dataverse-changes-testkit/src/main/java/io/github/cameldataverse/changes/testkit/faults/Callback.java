package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.argument.Argument;
import java.util.function.Supplier;

/**
 * No fault, but something that the test does while a request is under way: a write between two pages, for example, or a
 * wait until it goes on. The response is the proper one. Both actions run on a thread of the server, at the same time if
 * several requests match.
 *
 * @param before runs before the response is made
 * @param after runs when the response is made, and not sent yet: it shows nothing of what is done here
 */
public record Callback(Runnable before, Runnable after) implements Fault {
    public Callback {
        Argument.given("The action of a Callback", before);
        Argument.given("The action of a Callback", after);
    }

    /** Something before the response is made. */
    public Callback(Runnable action) {
        this(action, () -> {});
    }

    /** Something when the response is made, and not sent yet. */
    public static Callback after(Runnable action) {
        return new Callback(() -> {}, action);
    }

    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        before.run();
        ServiceResponse response = proper.get();
        after.run();
        return response;
    }

    @Override
    public boolean changesResponse() {
        return false;
    }
}
