package io.github.cameldataverse.changes.testkit.internal.soap;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.util.Optional;

/** Checks what SOAP 1.1 demands of an HTTP request before its envelope is read. */
final class SoapHttpBinding {
    private static final String ACTION =
            "http://schemas.microsoft.com/xrm/2011/Contracts/Services/IOrganizationService/Execute";

    private SoapHttpBinding() {}

    /** The refusal by the web server, which is no SOAP fault. */
    static Optional<ServiceResponse> refusal(ServiceRequest request) {
        if (!"POST".equals(request.method())) {
            return Optional.of(ServiceResponse.status(405).header("Allow", "POST"));
        }
        boolean soap11 = request.header("Content-Type").orElse("").startsWith("text/xml");
        return soap11 ? Optional.empty() : Optional.of(ServiceResponse.status(415));
    }

    /** The action may be without quotes. */
    static void requireAction(ServiceRequest request) {
        String action =
                request.header("SOAPAction").orElse("").replace("\"", "").trim();
        if (!ACTION.equals(action)) {
            throw new MalformedSoapException(
                    "ActionNotSupported",
                    "The message with Action '" + action + "' cannot be processed; SOAPAction must be " + ACTION + ".");
        }
    }
}
