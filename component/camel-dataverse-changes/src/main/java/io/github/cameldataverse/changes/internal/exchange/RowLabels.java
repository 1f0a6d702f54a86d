package io.github.cameldataverse.changes.internal.exchange;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts beside the columns of a row what its annotations say of them: {@code @labels} holds the texts of choices, lookups,
 * amounts and times as Dataverse formats them, {@code @tables} the tables that lookups point to. Both are maps by column, and
 * neither is there without such an annotation. No column can have such a name. The annotations themselves stay.
 */
final class RowLabels {

    static final String LABELS = "@labels";
    static final String TABLES = "@tables";
    private static final String FORMATTED = "@OData.Community.Display.V1.FormattedValue";
    private static final String TABLE = "@Microsoft.Dynamics.CRM.lookuplogicalname";

    private RowLabels() {}

    static void addTo(Map<String, @Nullable Object> row) {
        Map<String, String> labels = annotated(row, FORMATTED);
        Map<String, String> tables = annotated(row, TABLE);
        add(row, LABELS, labels);
        add(row, TABLES, tables);
    }

    private static void add(Map<String, @Nullable Object> row, String name, Map<String, String> values) {
        if (!values.isEmpty()) {
            row.put(name, values);
        }
    }

    private static Map<String, String> annotated(Map<String, @Nullable Object> row, String annotation) {
        Map<String, String> values = new LinkedHashMap<>();
        row.forEach((name, value) -> {
            if (value instanceof String text && name.endsWith(annotation)) {
                values.put(name.substring(0, name.length() - annotation.length()), text);
            }
        });
        return values;
    }
}
