package io.github.cameldataverse.changes.testkit.internal.soap;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.util.Optional;

/** What has to be right before an envelope is looked into: SOAP 1.1 over HTTP. */
final class SoapHttpBinding {
    private static final String ACTION =
            "http://schemas.microsoft.com/xrm/2011/Contracts/Services/IOrganizationService/Execute";

    private SoapHttpBinding() {}

    /** Refused by the web server, without a fault. */
    static Optional<ServiceResponse> refusal(ServiceRequest question) {
        if (!"POST".equals(question.method())) {
            return Optional.of(ServiceResponse.status(405).header("Allow", "POST"));
        }
        boolean soap11 = question.header("Content-Type").orElse("").startsWith("text/xml");
        return soap11 ? Optional.empty() : Optional.of(ServiceResponse.status(415));
    }

    /** The quotes around it may be missing. */
    static void requireAction(ServiceRequest question) {
        String action =
                question.header("SOAPAction").orElse("").replace("\"", "").trim();
        if (!ACTION.equals(action)) {
            throw new MalformedSoapException(
                    "ActionNotSupported",
                    "The message with Action '" + action + "' cannot be processed; SOAPAction must be " + ACTION + ".");
        }
    }
}
