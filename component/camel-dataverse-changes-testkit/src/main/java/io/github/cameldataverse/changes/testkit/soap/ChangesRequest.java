package io.github.cameldataverse.changes.testkit.soap;

import static io.github.cameldataverse.changes.testkit.xml.Namespace.CONTRACTS;
import static io.github.cameldataverse.changes.testkit.xml.Namespace.SCHEMA;
import static io.github.cameldataverse.changes.testkit.xml.Namespace.SERVICES;
import static io.github.cameldataverse.changes.testkit.xml.Namespace.SOAP;

import io.github.cameldataverse.changes.testkit.wire.Codes;
import io.github.cameldataverse.changes.testkit.wire.ServiceException;
import io.github.cameldataverse.changes.testkit.xml.XmlElement;
import io.github.cameldataverse.changes.testkit.xml.XmlReader;
import java.util.List;
import java.util.Optional;

/**
 * A RetrieveEntityChangesRequest.
 *
 * @param entityName logical name of the table
 * @param columns of the rows
 * @param paging which page
 * @param dataVersion the token of the round before, or empty for a load
 * @param metadataVersion whether the version of the definitions is wanted too
 */
record ChangesRequest(
        String entityName,
        ColumnSet columns,
        PagingInfo paging,
        Optional<String> dataVersion,
        boolean metadataVersion) {
    private static final String NAME = "RetrieveEntityChanges";
    private static final List<String> IN_ORDER = List.of("Parameters", "RequestId", "RequestName");

    static ChangesRequest of(String envelope) {
        XmlElement request = XmlReader.read(envelope)
                .filter(root -> root.is(SOAP, "Envelope"))
                .flatMap(root -> root.child(SOAP, "Body"))
                .flatMap(body -> body.child(SERVICES, "Execute"))
                .flatMap(execute -> execute.child(SERVICES, "request"))
                .orElseThrow(
                        () -> UnreadableException.malformed(
                                "There is no SOAP 1.1 envelope with a request to Execute; it must be XML without a document type."));
        Members members = new Members(request, CONTRACTS, IN_ORDER);
        requireName(members.value("RequestName").orElse(""));
        return of(new Parameters(members.get("Parameters")
                .orElseThrow(() -> UnreadableException.malformed("The request has no Parameters."))));
    }

    private static ChangesRequest of(Parameters parameters) {
        return new ChangesRequest(
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
            throw new ServiceException(
                    500,
                    Codes.INVALID_ARGUMENT,
                    "The simulator executes " + NAME + " only, not '" + name
                            + "'. RequestName stands behind Parameters and RequestId.");
        }
    }
}
