package io.github.cameldataverse.changes.testkit.internal.soap;

import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.CONTRACTS;
import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.SERVICES;
import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.SOAP;

import io.github.cameldataverse.changes.testkit.internal.xml.XmlReader;
import java.util.List;

/**
 * A request to execute a message.
 *
 * @param name of the message, empty if it has none
 * @param parameters of the message
 */
record OrganizationRequest(String name, RequestParameters parameters) {
    private static final List<String> IN_ORDER = List.of("Parameters", "RequestId", "RequestName");

    static OrganizationRequest of(String envelope) {
        DataContractMembers members = XmlReader.read(envelope)
                .filter(root -> root.is(SOAP, "Envelope"))
                .flatMap(root -> root.child(SOAP, "Body"))
                .flatMap(body -> body.child(SERVICES, "Execute"))
                .flatMap(execute -> execute.child(SERVICES, "request"))
                .map(request -> new DataContractMembers(request, CONTRACTS, IN_ORDER))
                .orElseThrow(
                        () -> MalformedSoapException.malformed(
                                "There is no SOAP 1.1 envelope with a request to Execute; it must be XML without a document type."));
        return new OrganizationRequest(
                members.value("RequestName").orElse(""),
                new RequestParameters(members.get("Parameters")
                        .orElseThrow(() -> MalformedSoapException.malformed("The request has no Parameters."))));
    }
}
