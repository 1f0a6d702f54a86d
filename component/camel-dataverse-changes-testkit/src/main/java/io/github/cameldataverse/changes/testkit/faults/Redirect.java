package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.argument.Argument;
import java.util.function.Supplier;

/**
 * A redirect. A client must not carry its access token there.
 *
 * @param status 301, 302, 303, 307 or 308
 * @param location where to
 */
public record Redirect(int status, String location) implements Fault {
    public Redirect {
        Argument.within("Redirect.status", status, 300, 399);
        Argument.text("Redirect.location", location);
    }

    /** With status 302. */
    public Redirect(String location) {
        this(302, location);
    }

    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        return ServiceResponse.status(status).header("Location", location);
    }
}
