package io.github.cameldataverse.changes.testkit.internal.soap;

import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.CONTRACTS;
import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.SCHEMA;
import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.SERVICES;
import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.SOAP;

import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusalException;
import io.github.cameldataverse.changes.testkit.internal.xml.XmlElement;
import io.github.cameldataverse.changes.testkit.internal.xml.XmlReader;
import java.util.List;
import java.util.Optional;

/**
 * A RetrieveEntityChangesRequest.
 *
 * @param entityName logical name of the table
 * @param columns of the rows
 * @param paging the requested page
 * @param dataVersion the token of the round before, or empty for a load
 * @param metadataVersion whether the version of the definitions is requested too
 */
record RetrieveEntityChangesRequest(
        String entityName,
        ColumnSet columns,
        PagingInfo paging,
        Optional<String> dataVersion,
        boolean metadataVersion) {
    private static final String NAME = "RetrieveEntityChanges";
    private static final List<String> IN_ORDER = List.of("Parameters", "RequestId", "RequestName");

    static RetrieveEntityChangesRequest of(String envelope) {
        XmlElement request = XmlReader.read(envelope)
                .filter(root -> root.is(SOAP, "Envelope"))
                .flatMap(root -> root.child(SOAP, "Body"))
                .flatMap(body -> body.child(SERVICES, "Execute"))
                .flatMap(execute -> execute.child(SERVICES, "request"))
                .orElseThrow(
                        () -> MalformedSoapException.malformed(
                                "There is no SOAP 1.1 envelope with a request to Execute; it must be XML without a document type."));
        DataContractMembers members = new DataContractMembers(request, CONTRACTS, IN_ORDER);
        requireName(members.value("RequestName").orElse(""));
        return of(new RequestParameters(members.get("Parameters")
                .orElseThrow(() -> MalformedSoapException.malformed("The request has no Parameters."))));
    }

    private static RetrieveEntityChangesRequest of(RequestParameters parameters) {
        return new RetrieveEntityChangesRequest(
                parameters.required("EntityName", SCHEMA, "string").value().orElse(""),
                ColumnSet.of(parameters.required("Columns", CONTRACTS, "ColumnSet")),
                parameters
                        .optional("PageInfo", CONTRACTS, "PagingInfo")
                        .map(PagingInfo::of)
                        .orElse(PagingInfo.NONE),
                parameters.optional("DataVersion", SCHEMA, "string").flatMap(XmlElement::value),
                parameters
                        .optional("GetGlobalMetadataVersion", SCHEMA, "boolean")
                        .flatMap(XmlElement::value)
                        .filter("true"::equals)
                        .isPresent());
    }

    private static void requireName(String name) {
        if (!NAME.equals(name)) {
            throw new ServiceRefusalException(
                    500,
                    ErrorCodes.INVALID_ARGUMENT,
                    "The simulator executes " + NAME + " only, not '" + name
                            + "'. RequestName stands behind Parameters and RequestId.");
        }
    }
}
