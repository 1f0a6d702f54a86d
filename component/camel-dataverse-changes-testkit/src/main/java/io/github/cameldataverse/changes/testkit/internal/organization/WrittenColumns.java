package io.github.cameldataverse.changes.testkit.internal.organization;

import io.github.cameldataverse.changes.testkit.table.Column;
import io.github.cameldataverse.changes.testkit.table.ColumnType;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.time.DateTimeException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks the columns of a write and converts them to JSON. */
record WrittenColumns(RowLayout layout, TableSchema definition) {
    Map<String, String> json(Map<String, ?> columns) {
        Map<String, String> json = new LinkedHashMap<>();
        columns.forEach((name, value) -> {
            if (!name.equals(definition.primaryIdColumn())) {
                json.put(name, json(column(name), value));
            }
        });
        fillCompanions(json);
        return json;
    }

    private Column column(String name) {
        if ("versionnumber".equals(name)) {
            throw new IllegalArgumentException(
                    "versionnumber is the row version and cannot be written; see versions() of the simulator");
        }
        return layout.position(name)
                .map(layout::column)
                .orElseThrow(() -> new IllegalArgumentException("The table " + definition.logicalName()
                        + " has no column '" + name + "'; lookups are written as they are sent, _name_value"));
    }

    private String json(Column column, @Nullable Object value) {
        try {
            return ColumnCodec.of(column.type()).json(value);
        } catch (ClassCastException | IllegalArgumentException | DateTimeException unfit) {
            throw new IllegalArgumentException(
                    "The column " + column.name() + " of " + definition.logicalName() + " is of type " + column.type()
                            + " and cannot hold '" + value + "'",
                    unfit);
        }
    }

    /** An amount is also stored in the base currency; the simulated exchange rate is 1. */
    private void fillCompanions(Map<String, String> json) {
        Map<String, String> companions = new LinkedHashMap<>();
        json.forEach((name, text) -> {
            String base = name + "_base";
            boolean amount = layout.position(name)
                    .map(position -> layout.column(position).type() == ColumnType.MONEY)
                    .orElse(false);
            if (amount && layout.position(base).isPresent() && !json.containsKey(base)) {
                companions.put(base, text);
            }
        });
        json.putAll(companions);
    }
}
