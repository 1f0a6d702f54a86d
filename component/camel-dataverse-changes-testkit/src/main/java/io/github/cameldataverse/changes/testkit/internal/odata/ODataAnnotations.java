package io.github.cameldataverse.changes.testkit.internal.odata;

import static io.github.cameldataverse.changes.testkit.internal.json.JsonText.quote;

import io.github.cameldataverse.changes.testkit.http.MetadataLevel;
import io.github.cameldataverse.changes.testkit.http.PreferHeader;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.internal.json.ByteSink;
import io.github.cameldataverse.changes.testkit.internal.organization.StoredRow;
import io.github.cameldataverse.changes.testkit.table.Column;
import io.github.cameldataverse.changes.testkit.table.ColumnType;
import java.util.Optional;
import java.util.Set;

/** Writes the annotations that a request asks for, by its preferences and by its level of metadata. */
record ODataAnnotations(
        MetadataLevel level, boolean formattedValues, boolean navigation, boolean lookupTables, boolean totals) {
    /** The types that a value in JSON shows by itself. */
    private static final Set<String> EVIDENT = Set.of("Edm.String", "Edm.Boolean", "Edm.Int32", "Edm.Double");

    private static final String FORMATTED = "OData.Community.Display.V1.FormattedValue";
    private static final String NAVIGATION = "Microsoft.Dynamics.CRM.associatednavigationproperty";
    private static final String LOOKUP_TABLE = "Microsoft.Dynamics.CRM.lookuplogicalname";
    private static final String TOTALS = "Microsoft.Dynamics.CRM.totalrecordcount";

    static ODataAnnotations of(ServiceRequest request) {
        PreferHeader preferences = request.preferences();
        return new ODataAnnotations(
                request.metadata(),
                preferences.wants(FORMATTED),
                preferences.wants(NAVIGATION),
                preferences.wants(LOOKUP_TABLE),
                preferences.wants(TOTALS));
    }

    /** The members of the envelope. */
    Optional<String> ofEnvelope() {
        return totals
                ? Optional.of("\"@" + TOTALS + "\":-1,\"@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded\":false"
                        + ",\"@Microsoft.Dynamics.CRM.globalmetadataversion\":\"2818001\"")
                : Optional.empty();
    }

    /** Whether any value is annotated. */
    boolean ofValues() {
        return level == MetadataLevel.FULL || formattedValues || navigation || lookupTables;
    }

    /** Writes the annotations of one value, each with a comma before it; an empty value has none. */
    void writeTo(ByteSink sink, Column column, StoredRow row, int position) {
        if (!isPresent(row, position)) {
            return;
        }
        writeType(sink, column);
        if (formattedValues && column.isChoice()) {
            put(sink, column, FORMATTED, label(column, row.json(position)));
        }
        if (column.type() == ColumnType.LOOKUP) {
            writeLookup(sink, column);
        }
    }

    private void writeType(ByteSink sink, Column column) {
        String type = column.type().edmType();
        if (level == MetadataLevel.FULL && !EVIDENT.contains(type)) {
            put(sink, column, "odata.type", "#" + type.substring("Edm.".length()));
        }
    }

    private void writeLookup(ByteSink sink, Column column) {
        if (navigation) {
            put(sink, column, NAVIGATION, column.logicalName());
        }
        if (lookupTables && !column.target().isEmpty()) {
            put(sink, column, LOOKUP_TABLE, column.target());
        }
    }

    private static boolean isPresent(StoredRow row, int position) {
        return !"null".equals(row.json(position));
    }

    private static String label(Column column, String json) {
        if (column.type() == ColumnType.YES_NO) {
            return "true".equals(json) ? "Yes" : "No";
        }
        return column.label(Integer.parseInt(json));
    }

    private static void put(ByteSink sink, Column column, String annotation, String value) {
        sink.put("," + quote(column.name() + "@" + annotation) + ":" + quote(value));
    }
}
