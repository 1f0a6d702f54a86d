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

/** The positions of the columns in a row: those of the definition in its order, the primary id last. Immutable. */
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

    /** The number of columns. */
    public int size() {
        return columns.size();
    }

    /** The position of the primary id, which is the last one. */
    public int primaryId() {
        return columns.size() - 1;
    }

    /** The column at this position. */
    public Column column(int position) {
        return columns.get(position);
    }

    /** The name of the column at this position, quoted, between comma and colon, as every row repeats it. */
    public byte[] name(int position) {
        return names.get(position);
    }

    /** The position of the column with this name, if there is one. */
    public Optional<Integer> position(String name) {
        return Optional.ofNullable(positions.get(name));
    }

    /** All columns in their order. */
    public List<Column> columns() {
        return columns;
    }
}
