package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.argument.Argument;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusal;
import java.util.function.Supplier;

/**
 * The delta token is too old: 0x80044352.
 *
 * @param status its HTTP status is not documented: 400, 410 or 500
 */
public record TokenExpired(int status) implements Fault {
    public TokenExpired {
        Argument.within("TokenExpired.status", status, 400, 599);
    }

    /** With status 400. */
    public TokenExpired() {
        this(400);
    }

    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        return new ServiceRefusal(
                        status,
                        ErrorCodes.EXPIRED_VERSION_STAMP,
                        "Version stamp associated with the client has expired. Please perform a full sync.")
                .to(request);
    }
}
