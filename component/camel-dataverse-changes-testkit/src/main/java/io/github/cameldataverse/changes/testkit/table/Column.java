package io.github.cameldataverse.changes.testkit.table;

import java.util.Map;

/**
 * A column of a table.
 *
 * @param name as it is sent, {@code _x_value} for a lookup
 * @param type of the values
 * @param labels the labels of the numbers of a choice
 * @param target the table that a lookup points to, empty for every other type
 */
public record Column(String name, ColumnType type, Map<Integer, String> labels, String target) {
    public Column {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A column needs a name");
        }
        labels = Map.copyOf(labels);
    }

    public static Column of(String name, ColumnType type) {
        return new Column(name, type, Map.of(), "");
    }

    /** Its name in the definitions: that of a lookup without the underscore and {@code _value}. */
    public String logicalName() {
        return type == ColumnType.LOOKUP && name.startsWith("_") && name.endsWith("_value")
                ? name.substring(1, name.length() - "_value".length())
                : name;
    }

    /** The label of a number of this choice. */
    public String label(int number) {
        return labels.getOrDefault(number, "Option " + number);
    }

    /** The label of a value of this choice: of a number, or of a Boolean. */
    public String labelOf(Object value) {
        return value instanceof Boolean yes ? (yes ? "Yes" : "No") : label((Integer) value);
    }

    /** Whether values have labels. */
    public boolean isChoice() {
        return type == ColumnType.CHOICE
                || type == ColumnType.STATE
                || type == ColumnType.STATUS
                || type == ColumnType.YES_NO;
    }
}
