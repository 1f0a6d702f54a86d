package io.github.cameldataverse.changes.lab;

import io.github.cameldataverse.changes.testkit.table.Column;
import io.github.cameldataverse.changes.testkit.table.ColumnType;
import io.github.cameldataverse.changes.testkit.table.StandardTables;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** The accounts in SQL, every column of them, with a journal that only grows. */
final class AccountsSqlTable {

    private static final List<Column> COLUMNS = StandardTables.account().columns();
    private static final String NAMES = COLUMNS.stream().map(Column::name).collect(Collectors.joining(", "));
    private static final String UPSERT = "INSERT INTO account (accountid, " + NAMES + ") VALUES (?"
            + ", ?".repeat(COLUMNS.size()) + ") ON CONFLICT (accountid) DO UPDATE SET "
            + COLUMNS.stream()
                    .map(column -> column.name() + " = excluded." + column.name())
                    .collect(Collectors.joining(", "))
            + " WHERE account.versionnumber <= excluded.versionnumber";

    private AccountsSqlTable() {}

    static void create(Connection connection) throws SQLException {
        String columns = COLUMNS.stream()
                .map(column -> column.name() + " " + sqlType(column.type()))
                .collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE account (accountid uuid PRIMARY KEY, " + columns + ")");
            statement.execute("CREATE TABLE journal (seq bigserial PRIMARY KEY, change_key varchar(100) NOT NULL)");
        }
    }

    static void upsert(Connection connection, Map<?, ?> row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
            statement.setObject(1, UUID.fromString((String) row.get("accountid")));
            for (int i = 0; i < COLUMNS.size(); i++) {
                bind(statement, i + 2, COLUMNS.get(i), row.get(COLUMNS.get(i).name()));
            }
            statement.executeUpdate();
        }
    }

    static void delete(Connection connection, String id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM account WHERE accountid = ?")) {
            statement.setObject(1, UUID.fromString(id));
            statement.executeUpdate();
        }
    }

    static void journal(Connection connection, String key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO journal (change_key) VALUES (?)")) {
            statement.setString(1, key);
            statement.executeUpdate();
        }
    }

    /** All rows, by id, with values of the kinds that the simulator has. */
    static Map<String, Map<String, Object>> rows(Connection connection) throws SQLException {
        Map<String, Map<String, Object>> rows = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT accountid, " + NAMES + " FROM account")) {
            while (result.next()) {
                rows.put(result.getString(1), row(result));
            }
        }
        return rows;
    }

    private static Map<String, Object> row(ResultSet result) throws SQLException {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < COLUMNS.size(); i++) {
            row.put(COLUMNS.get(i).name(), value(result, i + 2, COLUMNS.get(i).type()));
        }
        return row;
    }

    private static Object value(ResultSet result, int index, ColumnType type) throws SQLException {
        return switch (sqlType(type)) {
            case "timestamptz" -> {
                Timestamp moment = result.getTimestamp(index);
                yield moment == null ? null : moment.toInstant();
            }
            case "date" -> {
                Date date = result.getDate(index);
                yield date == null ? null : date.toLocalDate();
            }
            case "uuid" -> result.getString(index);
            default -> result.getObject(index);
        };
    }

    private static void bind(PreparedStatement statement, int index, Column column, Object value) throws SQLException {
        switch (sqlType(column.type())) {
            case "bigint" -> statement.setObject(index, value, Types.BIGINT);
            case "numeric" -> statement.setBigDecimal(index, exact(value));
            case "boolean" -> statement.setObject(index, value, Types.BOOLEAN);
            case "uuid" -> statement.setObject(index, value == null ? null : UUID.fromString((String) value));
            case "date" -> statement.setObject(index, value == null ? null : LocalDate.parse((String) value));
            case "timestamptz" ->
                statement.setTimestamp(index, value == null ? null : Timestamp.from(Instant.parse((String) value)));
            default -> statement.setString(index, (String) value);
        }
    }

    private static BigDecimal exact(Object value) {
        return value == null ? null : value instanceof BigDecimal decimal ? decimal : new BigDecimal(value.toString());
    }

    private static String sqlType(ColumnType type) {
        return switch (type) {
            case WHOLE_NUMBER, BIG_NUMBER, CHOICE, STATE, STATUS -> "bigint";
            case DECIMAL, MONEY, FLOAT -> "numeric";
            case YES_NO -> "boolean";
            case LOOKUP, UNIQUE_ID -> "uuid";
            case DATE -> "date";
            case DATE_TIME, WALL_TIME -> "timestamptz";
            case TEXT, MEMO, CHOICES -> "text";
        };
    }
}
