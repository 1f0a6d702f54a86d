package io.github.cameldataverse.changes.testkit.table;

import io.github.cameldataverse.changes.testkit.internal.argument.Argument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The definition of a table: its names and its columns. Immutable: every method that takes a value returns a changed copy. The
 * primary id column and the columns that the service maintains ({@code statecode}, {@code statuscode}, {@code createdon},
 * {@code modifiedon}, {@code versionnumber}) are added; {@link #bare()} leaves the latter out.
 *
 * @param names of the table
 * @param columns in the order in which a row without {@code $select} shows them, primary id not included
 * @param custom whether it is a custom table, not a system table
 * @param tracked whether change tracking is enabled
 * @param canBeTracked whether change tracking can be enabled
 * @param type where its rows are kept
 * @param alternateKeys columns that name a row, as its id does
 */
public record TableSchema(
        TableNames names,
        List<Column> columns,
        boolean custom,
        boolean tracked,
        boolean canBeTracked,
        TableType type,
        List<AlternateKey> alternateKeys) {

    private static final List<Column> MAINTAINED = List.of(
            new Column("statecode", ColumnType.STATE, Map.of(0, "Active", 1, "Inactive"), ""),
            new Column("statuscode", ColumnType.STATUS, Map.of(1, "Active", 2, "Inactive"), ""),
            Column.of("createdon", ColumnType.DATE_TIME),
            Column.of("modifiedon", ColumnType.DATE_TIME),
            Column.of("versionnumber", ColumnType.BIG_NUMBER));

    public TableSchema {
        columns = List.copyOf(columns);
        alternateKeys = List.copyOf(alternateKeys);
    }

    /** A tracked standard system table whose other names follow from the logical name {@code x}: set {@code xs}, id {@code xid}. */
    public static TableSchema named(String logicalName) {
        return new TableSchema(
                TableNames.of(logicalName), MAINTAINED, false, true, true, TableType.STANDARD, List.of());
    }

    /** With one more column, before those that the service maintains; a column with the same name is replaced. */
    public TableSchema column(String name, ColumnType type) {
        return column(Column.of(name, type));
    }

    /** With one more column: a choice with labels or a lookup with its target, for example. */
    public TableSchema column(Column column) {
        List<Column> wider = new ArrayList<>(columns);
        wider.removeIf(present -> present.name().equals(column.name()));
        wider.add(firstMaintained(wider), column);
        return with(names, wider);
    }

    /** With all these columns. */
    public TableSchema columns(Map<String, ColumnType> types) {
        TableSchema wider = this;
        for (Map.Entry<String, ColumnType> each : types.entrySet()) {
            wider = wider.column(each.getKey(), each.getValue());
        }
        return wider;
    }

    /** With an alternate key of these columns; one that the table has not is an IllegalArgumentException. */
    public TableSchema alternateKey(String keySchemaName, String... keyColumns) {
        for (String each : keyColumns) {
            requireColumn(each);
        }
        List<AlternateKey> more = new ArrayList<>(alternateKeys);
        more.add(new AlternateKey(keySchemaName, List.of(keyColumns)));
        return new TableSchema(names, columns, custom, tracked, canBeTracked, type, more);
    }

    /**
     * Without a column, as after a change of the schema; one that the table has not, or that belongs to an alternate key, is an
     * IllegalArgumentException.
     */
    public TableSchema without(String name) {
        requireColumn(name);
        alternateKeys.stream()
                .filter(key -> key.columns().contains(name))
                .findFirst()
                .ifPresent(key -> {
                    throw new IllegalArgumentException("The column " + name + " of the table " + logicalName()
                            + " belongs to its alternate key " + key.schemaName());
                });
        return with(
                names,
                columns.stream().filter(column -> !column.name().equals(name)).toList());
    }

    /** Without the columns that the service maintains: such tables exist, and clients must not depend on the columns. */
    public TableSchema bare() {
        return with(
                names,
                columns.stream().filter(column -> !MAINTAINED.contains(column)).toList());
    }

    /** With this schema name. */
    public TableSchema schemaName(String name) {
        return with(names.schemaName(name), columns);
    }

    /** With this entity set name. */
    public TableSchema entitySetName(String name) {
        return with(names.entitySetName(name), columns);
    }

    /** With this primary id column. */
    public TableSchema primaryIdColumn(String name) {
        return with(names.primaryIdColumn(name), columns);
    }

    /** With this primary name column. */
    public TableSchema primaryNameColumn(String name) {
        return with(names.primaryNameColumn(name), columns);
    }

    /** A custom table, or a system table. */
    public TableSchema custom(boolean own) {
        return new TableSchema(names, columns, own, tracked, canBeTracked, type, alternateKeys);
    }

    /** With change tracking enabled or not. */
    public TableSchema tracked(boolean on) {
        return new TableSchema(names, columns, custom, on, canBeTracked, type, alternateKeys);
    }

    /** Whether change tracking can be enabled. */
    public TableSchema canBeTracked(boolean possible) {
        return new TableSchema(names, columns, custom, tracked, possible, type, alternateKeys);
    }

    /** A standard, an elastic or a virtual table. What its definition says changes, and nothing else. */
    public TableSchema type(TableType other) {
        Argument.given("The type of " + logicalName(), other);
        return new TableSchema(names, columns, custom, tracked, canBeTracked, other, alternateKeys);
    }

    public String logicalName() {
        return names.logicalName();
    }

    public String schemaName() {
        return names.schemaName();
    }

    public String entitySetName() {
        return names.entitySetName();
    }

    public String primaryIdColumn() {
        return names.primaryIdColumn();
    }

    private TableSchema with(TableNames otherNames, List<Column> otherColumns) {
        return new TableSchema(otherNames, otherColumns, custom, tracked, canBeTracked, type, alternateKeys);
    }

    private void requireColumn(String name) {
        if (columns.stream().noneMatch(column -> column.name().equals(name))) {
            throw new IllegalArgumentException("The table " + logicalName() + " has no column " + name);
        }
    }

    private static int firstMaintained(List<Column> columns) {
        for (int i = 0; i < columns.size(); i++) {
            if (MAINTAINED.contains(columns.get(i))) {
                return i;
            }
        }
        return columns.size();
    }
}
