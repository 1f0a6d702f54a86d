package io.github.cameldataverse.changes.testkit.internal.organization;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row as Java values. */
public final class RowValues {
    private RowValues() {}

    /** All columns, in the order of the table; null for an empty one. */
    public static Map<String, @Nullable Object> of(StoredTable table, StoredRow row) {
        RowLayout layout = table.layout();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < layout.size(); i++) {
            values.put(layout.column(i).name(), value(layout, row, i));
        }
        return values;
    }

    /** The value of one column, unless it is empty. */
    public static Optional<Object> at(RowLayout layout, StoredRow row, int position) {
        return Optional.ofNullable(value(layout, row, position));
    }

    private static @Nullable Object value(RowLayout layout, StoredRow row, int position) {
        return ColumnCodec.of(layout.column(position).type()).value(row.json(position));
    }
}
