package io.github.cameldataverse.changes.testkit.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row as Java values. */
public final class RowValues {
    private RowValues() {}

    /** Column by column, in the order of the table; null for empty. */
    public static Map<String, @Nullable Object> of(Table table, Row row) {
        Layout layout = table.layout();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < layout.size(); i++) {
            Column column = layout.column(i);
            values.put(column.name(), column.type().value(row.json(i)));
        }
        return values;
    }
}
