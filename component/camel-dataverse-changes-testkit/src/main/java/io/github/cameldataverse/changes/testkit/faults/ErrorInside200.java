package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.argument.Argument;
import io.github.cameldataverse.changes.testkit.internal.response.ODataErrorResponse;
import io.github.cameldataverse.changes.testkit.internal.response.OrganizationServiceFault;
import io.github.cameldataverse.changes.testkit.internal.response.SoapMessages;
import io.github.cameldataverse.changes.testkit.internal.xml.NamespacePrefixes;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * 200, and an error in the body.
 *
 * @param code of the error
 * @param message of the error
 */
public record ErrorInside200(String code, String message) implements Fault {
    public ErrorInside200 {
        Argument.given("ErrorInside200.code", code);
        Argument.given("ErrorInside200.message", message);
    }

    /** An unexpected error. */
    public ErrorInside200() {
        this(ErrorCodes.UNEXPECTED, "An unexpected error occurred.");
    }

    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        return SoapMessages.isFor(request)
                ? new OrganizationServiceFault(code, message, Optional.empty()).answer(200, NamespacePrefixes.USUAL)
                : ODataErrorResponse.answer(200, code, message);
    }
}
