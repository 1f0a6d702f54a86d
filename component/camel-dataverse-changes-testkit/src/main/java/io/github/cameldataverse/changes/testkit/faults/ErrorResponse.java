package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
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
    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        return new ServiceRefusal(status, code, message).to(request);
    }
}
