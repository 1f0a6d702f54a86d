package io.github.cameldataverse.changes.testkit.internal.definition;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationTables;
import io.github.cameldataverse.changes.testkit.table.Column;
import io.github.cameldataverse.changes.testkit.table.TableSchema;

/**
 * Answers {@code $metadata}: the entity types and sets in XML. With {@code annotations=true}, or with a preference for all
 * annotations, the sets that track changes are annotated.
 */
public final class CsdlDocument {
    private static final String TRACKING =
            """
                  <Annotation Term="Org.OData.Capabilities.V1.ChangeTracking">
                    <Record>
                      <PropertyValue Property="Supported" Bool="true" />
                    </Record>
                  </Annotation>
        """;

    private final OrganizationTables organization;

    public CsdlDocument(OrganizationTables organization) {
        this.organization = organization;
    }

    /** The document. */
    public ServiceResponse answer(ServiceRequest request) {
        boolean annotated =
                "true".equalsIgnoreCase(request.query().value("annotations").orElse(""))
                        || request.preferences().wants("Org.OData.Capabilities.V1.ChangeTracking");
        StringBuilder xml = new StringBuilder(
                """
                <?xml version="1.0" encoding="utf-8"?>
                <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
                  <edmx:DataServices>
                    <Schema Namespace="Microsoft.Dynamics.CRM" Alias="mscrm" xmlns="http://docs.oasis-open.org/odata/ns/edm">
                """);
        organization.definitions().forEach(table -> xml.append(type(table)));
        xml.append("      <EntityContainer Name=\"System\">\n");
        organization.definitions().forEach(table -> xml.append(set(table, annotated)));
        xml.append("      </EntityContainer>\n    </Schema>\n  </edmx:DataServices>\n</edmx:Edmx>\n");
        return ServiceResponse.text(200, "application/xml", xml.toString()).header("OData-Version", "4.0");
    }

    private static String type(TableSchema table) {
        StringBuilder xml = new StringBuilder("      <EntityType Name=\"" + table.logicalName() + "\">\n");
        xml.append(
                "        <Key>\n          <PropertyRef Name=\"" + table.primaryIdColumn() + "\" />\n        </Key>\n");
        xml.append(property(table.primaryIdColumn(), "Edm.Guid"));
        for (Column column : table.columns()) {
            xml.append(property(column.name(), column.type().edmType()));
        }
        return xml.append("      </EntityType>\n").toString();
    }

    private static String property(String name, String type) {
        // Each decimal column has a precision of its own, and the document tells none of them.
        String scale = "Edm.Decimal".equals(type) ? "\" Scale=\"Variable" : "";
        return "        <Property Name=\"" + name + "\" Type=\"" + type + scale + "\" />\n";
    }

    private static String set(TableSchema table, boolean annotated) {
        String open = "        <EntitySet Name=\"" + table.entitySetName() + "\" EntityType=\"Microsoft.Dynamics.CRM."
                + table.logicalName() + "\"";
        return annotated && table.tracked() ? open + ">\n" + TRACKING + "        </EntitySet>\n" : open + " />\n";
    }
}
