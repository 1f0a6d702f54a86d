package io.github.cameldataverse.changes.testkit.internal.odata;

import static io.github.cameldataverse.changes.testkit.internal.json.JsonText.quote;

import io.github.cameldataverse.changes.testkit.http.PreferHeader;
import io.github.cameldataverse.changes.testkit.internal.json.ByteSink;
import io.github.cameldataverse.changes.testkit.internal.organization.StoredRow;
import io.github.cameldataverse.changes.testkit.table.Column;
import io.github.cameldataverse.changes.testkit.table.ColumnType;

/** Writes the annotations that a request asks for. */
record ODataAnnotations(boolean formattedValues, boolean navigation, boolean lookupTables, boolean totals) {
    private static final String FORMATTED = "OData.Community.Display.V1.FormattedValue";
    private static final String NAVIGATION = "Microsoft.Dynamics.CRM.associatednavigationproperty";
    private static final String LOOKUP_TABLE = "Microsoft.Dynamics.CRM.lookuplogicalname";
    private static final String TOTALS = "Microsoft.Dynamics.CRM.totalrecordcount";

    static ODataAnnotations of(PreferHeader preferences) {
        return new ODataAnnotations(
                preferences.wants(FORMATTED),
                preferences.wants(NAVIGATION),
                preferences.wants(LOOKUP_TABLE),
                preferences.wants(TOTALS));
    }

    /** The members of the envelope, each with a comma before it. */
    String ofEnvelope() {
        return totals
                ? ",\"@" + TOTALS + "\":-1,\"@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded\":false"
                        + ",\"@Microsoft.Dynamics.CRM.globalmetadataversion\":\"2818001\""
                : "";
    }

    /** Whether any value is annotated. */
    boolean ofValues() {
        return formattedValues || navigation || lookupTables;
    }

    /** Writes the annotations of one value, each with a comma before it; an empty value has none. */
    void writeTo(ByteSink sink, Column column, StoredRow row, int position) {
        if (formattedValues && column.isChoice() && isPresent(row, position)) {
            put(sink, column, FORMATTED, label(column, row.json(position)));
        }
        if (column.type() == ColumnType.LOOKUP && (navigation || lookupTables) && isPresent(row, position)) {
            writeLookup(sink, column);
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
