package io.github.cameldataverse.changes.testkit.internal.organization;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cameldataverse.changes.testkit.internal.json.JsonText;
import io.github.cameldataverse.changes.testkit.table.Column;
import io.github.cameldataverse.changes.testkit.table.ColumnType;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where each column stands in a row: those of the definition in its order, the primary id last. Immutable. */
public final class RowLayout {
    private final List<Column> columns;
    private final Map<String, Integer> positions = new HashMap<>();
    private final List<byte[]> names = new ArrayList<>();

    RowLayout(TableSchema definition) {
        List<Column> all = new ArrayList<>(definition.columns());
        all.removeIf(column -> column.name().equals(definition.primaryIdColumn()));
        all.add(Column.of(definition.primaryIdColumn(), ColumnType.UNIQUE_ID));
        columns = List.copyOf(all);
        for (int i = 0; i < columns.size(); i++) {
            positions.put(columns.get(i).name(), i);
            names.add(("," + JsonText.quote(columns.get(i).name()) + ":").getBytes(UTF_8));
        }
    }

    /** How many columns there are. */
    public int size() {
        return columns.size();
    }

    /** Where the primary id stands: last. */
    public int primaryId() {
        return columns.size() - 1;
    }

    /** The column standing there. */
    public Column column(int position) {
        return columns.get(position);
    }

    /** The name of the column standing there, quoted, between comma and colon, as every row repeats it. */
    public byte[] name(int position) {
        return names.get(position);
    }

    /** Where a column stands, if there is one of that name. */
    public Optional<Integer> position(String name) {
        return Optional.ofNullable(positions.get(name));
    }

    /** The columns in their order. */
    public List<Column> columns() {
        return columns;
    }
}
