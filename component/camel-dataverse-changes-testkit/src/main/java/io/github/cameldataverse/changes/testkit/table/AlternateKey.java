package io.github.cameldataverse.changes.testkit.table;

import io.github.cameldataverse.changes.testkit.internal.argument.Argument;
import java.util.List;
import java.util.Locale;

/**
 * Columns whose values together name a row, as its id does. No two rows have the same values in them, unless one is empty.
 *
 * @param schemaName for example {@code new_NumberKey}
 * @param columns as they are sent, {@code _x_value} for a lookup
 */
public record AlternateKey(String schemaName, List<String> columns) {
    public AlternateKey {
        Argument.text("The name of an alternate key", schemaName);
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("The alternate key " + schemaName + " needs a column");
        }
    }

    /** For example {@code new_numberkey}. */
    public String logicalName() {
        return schemaName.toLowerCase(Locale.ROOT);
    }
}
