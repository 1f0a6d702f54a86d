package io.github.cameldataverse.changes.benchmarks.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.camel.Exchange;

/**
 * Upserts rows into a table of PostgreSQL that has a text column for each of theirs: a row for each exchange, or the list of a page
 * in one batch. Not thread-safe.
 */
final class SqlSink implements Sink {

    private static final String TABLE = "bench_sink";

    private final DataSource database;
    private List<String> columns = List.of();
    private String upsert = "";

    SqlSink(DataSource database) {
        this.database = database;
    }

    @Override
    public void process(Exchange exchange) {
        try {
            write(rows(exchange.getMessage().getBody()));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rows(Object body) {
        return (List<Map<String, Object>>) (body instanceof List ? body : List.of(body));
    }

    private void write(List<Map<String, Object>> rows) throws SQLException {
        try (Connection connection = database.getConnection()) {
            if (columns.isEmpty()) {
                createTable(connection, rows.get(0));
            }
            try (PreparedStatement statement = connection.prepareStatement(upsert)) {
                for (Map<String, Object> row : rows) {
                    add(row, statement);
                }
                statement.executeBatch();
            }
        }
    }

    private void add(Map<String, Object> row, PreparedStatement statement) throws SQLException {
        for (int i = 0; i < columns.size(); i++) {
            Object value = row.get(columns.get(i));
            statement.setString(i + 1, value == null ? null : value.toString());
        }
        statement.addBatch();
    }

    /** With the columns of the first row: all rows of a load have the same. */
    private void createTable(Connection connection, Map<String, Object> row) throws SQLException {
        columns = row.keySet().stream().filter(name -> !name.contains("@")).toList();
        String id = columns.stream()
                .filter(name -> name.endsWith("rowid"))
                .findFirst()
                .orElseThrow();
        try (PreparedStatement create = connection.prepareStatement("CREATE TABLE IF NOT EXISTS " + TABLE
                + joined(columns, " (", "%s text", ", PRIMARY KEY (" + id + "))"))) {
            create.execute();
        }
        upsert = "INSERT INTO " + TABLE + joined(columns, " (", "%s", ")")
                + joined(Collections.nCopies(columns.size(), "?"), " VALUES (", "%s", ")")
                + joined(columns, " ON CONFLICT (" + id + ") DO UPDATE SET ", "%1$s = EXCLUDED.%1$s", "");
    }

    private static String joined(List<String> names, String before, String format, String behind) {
        return names.stream().map(format::formatted).collect(Collectors.joining(", ", before, behind));
    }
}
