package io.github.cameldataverse.changes.example;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;

/** The rows of a table as the simulator speaks of rows: by id, then by column. */
final class TableContent {

    private TableContent() {}

    static Map<String, Map<String, Object>> of(DataSource dataSource, SqlTable table) throws SQLException {
        Map<String, Map<String, Object>> rows = new TreeMap<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement("select * from " + table.name());
                ResultSet result = query.executeQuery()) {
            while (result.next()) {
                rows.put(result.getString(table.key()), row(result, table));
            }
        }
        return rows;
    }

    /** Of the simulator's rows, the columns that the table has. */
    static Map<String, Map<String, Object>> select(Map<String, Map<String, Object>> rows, SqlTable table) {
        Map<String, Map<String, Object>> selected = new TreeMap<>();
        rows.forEach((id, row) -> selected.put(id, selectColumns(row, table)));
        return selected;
    }

    private static Map<String, Object> selectColumns(Map<String, Object> row, SqlTable table) {
        Map<String, Object> selected = new LinkedHashMap<>();
        table.columns().forEach(column -> selected.put(column.name(), plain(row.get(column.name()))));
        return selected;
    }

    private static Map<String, Object> row(ResultSet result, SqlTable table) throws SQLException {
        Map<String, Object> row = new LinkedHashMap<>();
        for (SqlTable.Column column : table.columns()) {
            row.put(column.name(), plain(result.getObject(column.name(), javaType(column.type()))));
        }
        return row;
    }

    private static Class<?> javaType(ColumnType type) {
        return switch (type) {
            case TEXT -> String.class;
            case INTEGER -> Long.class;
            case DECIMAL -> BigDecimal.class;
            case BOOLEAN -> Boolean.class;
            case GUID -> UUID.class;
            case DATE -> LocalDate.class;
            case TIMESTAMP -> OffsetDateTime.class;
        };
    }

    // Two of the same kind must be equal: 1.50 and 1.5 are one number, 3 as Integer and as Long too.
    private static Object plain(Object value) {
        if (value instanceof Number number) {
            return new BigDecimal(number.toString()).stripTrailingZeros();
        } else if (value instanceof OffsetDateTime time) {
            return time.toInstant();
        } else if (value instanceof UUID id) {
            return id.toString();
        }
        return value;
    }
}
