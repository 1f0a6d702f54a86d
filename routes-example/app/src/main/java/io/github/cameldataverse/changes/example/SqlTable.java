package io.github.cameldataverse.changes.example;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table of the database that follows a table of Dataverse, column by column under the same names, and the statements
 * for it. Every name comes from this code and every value is bound: nothing of a row becomes part of a statement.
 *
 * <p>Two columns guard the rest: {@code version} keeps an older change from overwriting a newer one, and {@code
 * seen_round} keeps the delete of an earlier round from removing the row of a later one.
 *
 * @param name of the table
 * @param key the primary key, a GUID
 * @param columns all others
 */
record SqlTable(String name, String key, List<Column> columns) {

    /** A column and how its values are read. */
    record Column(String name, ColumnType type) {}

    SqlTable {
        columns = List.copyOf(columns);
    }

    static SqlTable named(String name, String key) {
        return new SqlTable(name, key, List.of());
    }

    SqlTable with(String column, ColumnType type) {
        List<Column> more = new ArrayList<>(columns);
        more.add(new Column(column, type));
        return new SqlTable(name, key, more);
    }

    /** The option {@code select} of the endpoint: what is read is what is stored. */
    String select() {
        return key + "," + names(",");
    }

    /** Parameters: the columns, version, round, key, version. */
    String updateStatement() {
        return "update %s set %s = ?, version = ?, seen_round = ? where %s = ? and version <= ?"
                .formatted(name, names(" = ?, "), key);
    }

    /** Parameters: the columns, version, round, key. */
    String insertStatement() {
        return "insert into %s (%s, version, seen_round, %s) values (%s) on conflict do nothing"
                .formatted(name, names(", "), key, String.join(", ", Collections.nCopies(columns.size() + 3, "?")));
    }

    /** Parameters: key, round. A record that was created again in a later round stays. */
    String deleteStatement() {
        return "delete from %s where %s = ? and seen_round <= ?".formatted(name, key);
    }

    private String names(String separator) {
        return columns.stream().map(Column::name).collect(Collectors.joining(separator));
    }
}
