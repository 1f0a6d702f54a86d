package io.github.cameldataverse.changes.testkit.internal.soap;

import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.CONTRACTS;
import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.SCHEMA;

import io.github.cameldataverse.changes.testkit.internal.xml.XmlElement;
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
    static final String NAME = "RetrieveEntityChanges";

    static RetrieveEntityChangesRequest of(RequestParameters parameters) {
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
}
