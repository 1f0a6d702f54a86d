package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.response.OrganizationServiceFault;
import io.github.cameldataverse.changes.testkit.internal.response.SoapMessages;
import io.github.cameldataverse.changes.testkit.internal.xml.NamespacePrefixes;
import java.util.function.Supplier;

/**
 * A SOAP fault of the layer below the service: there is no code in it. Strikes requests to the Organization Service only.
 *
 * @param name its fault code
 * @param message its text
 */
public record FaultWithoutDetail(String name, String message) implements Fault {
    /** The service broke down over the request. */
    public FaultWithoutDetail() {
        this("InternalServiceFault", "The server was unable to process the request due to an internal error.");
    }

    @Override
    public boolean concerns(ServiceRequest question) {
        return SoapMessages.isMeantBy(question);
    }

    @Override
    public ServiceResponse strike(ServiceRequest question, Supplier<ServiceResponse> proper) {
        return OrganizationServiceFault.ofDispatcher(name, message, NamespacePrefixes.USUAL);
    }
}
