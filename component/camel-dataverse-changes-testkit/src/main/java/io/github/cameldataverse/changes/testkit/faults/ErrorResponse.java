package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.argument.Argument;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusal;
import java.util.function.Supplier;

/**
 * The service answers with an error of any status, code and message.
 *
 * @param status HTTP status
 * @param code of the error
 * @param message of the error
 */
public record ErrorResponse(int status, String code, String message) implements Fault {
    public ErrorResponse {
        Argument.within("ErrorResponse.status", status, 400, 599);
        Argument.given("ErrorResponse.code", code);
        Argument.given("ErrorResponse.message", message);
    }

    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        return new ServiceRefusal(status, code, message).to(request);
    }
}
