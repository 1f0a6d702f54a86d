package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.argument.Argument;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusal;
import java.util.function.Supplier;

/**
 * The delta token cannot be read.
 *
 * @param code what the platform says is not documented: 0x80040203 or 0x80060888
 */
public record InvalidDeltaToken(String code) implements Fault {
    public InvalidDeltaToken {
        Argument.given("InvalidDeltaToken.code", code);
    }

    /** With the code 0x80040203. */
    public InvalidDeltaToken() {
        this(ErrorCodes.INVALID_ARGUMENT);
    }

    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        return new ServiceRefusal(400, code, "Invalid argument.").to(request);
    }
}
