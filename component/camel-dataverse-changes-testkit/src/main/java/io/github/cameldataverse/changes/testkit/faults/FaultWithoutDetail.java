package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.argument.Argument;
import io.github.cameldataverse.changes.testkit.internal.response.OrganizationServiceFault;
import io.github.cameldataverse.changes.testkit.internal.response.SoapMessages;
import io.github.cameldataverse.changes.testkit.internal.xml.NamespacePrefixes;
import java.util.function.Supplier;

/**
 * A SOAP fault of the layer below the service, which has no error code. Only for requests to the Organization Service.
 *
 * @param name its fault code
 * @param message its text
 */
public record FaultWithoutDetail(String name, String message) implements Fault {
    public FaultWithoutDetail {
        Argument.text("FaultWithoutDetail.name", name);
        Argument.given("FaultWithoutDetail.message", message);
    }

    /** The service broke down over the request. */
    public FaultWithoutDetail() {
        this("InternalServiceFault", "The server was unable to process the request due to an internal error.");
    }

    @Override
    public boolean appliesTo(ServiceRequest request) {
        return SoapMessages.isFor(request);
    }

    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        return OrganizationServiceFault.byDispatcher(name, message, NamespacePrefixes.USUAL);
    }
}
