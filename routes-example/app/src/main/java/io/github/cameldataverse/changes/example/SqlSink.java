package io.github.cameldataverse.changes.example;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.example.SqlTable.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Applies each change to a table. Repeating a change changes nothing, so at-least-once delivery is enough. */
final class SqlSink implements Processor {

    private static final ObjectReader EXACT_NUMBERS = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build()
            .reader();

    private final DataSource dataSource;
    private final SqlTable table;

    SqlSink(DataSource dataSource, SqlTable table) {
        this.dataSource = dataSource;
        this.table = table;
    }

    @Override
    public void process(Exchange exchange) throws SQLException {
        Message message = exchange.getMessage();
        try (Connection connection = dataSource.getConnection()) {
            switch (ChangeType.of(message)) {
                case UPSERT -> upsert(connection, message);
                case DELETE -> delete(connection, message);
                // The deletes of what a reload did not bring come by themselves, because of knownIds=true.
                case RESYNC_STARTED, RESYNC_COMPLETED -> {}
            }
        } catch (SQLException e) {
            if (isRefusal(e)) {
                throw new RefusedChangeException("The database refuses the row: " + e.getMessage(), e);
            }
            throw e;
        }
    }

    private void upsert(Connection connection, Message message) throws SQLException {
        JsonNode row = parse(message.getBody(String.class));
        if (update(connection, message, row) == 0) {
            insert(connection, message, row);
        }
    }

    private int update(Connection connection, Message message, JsonNode row) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(table.updateStatement())) {
            int next = bindRow(update, message, row);
            update.setLong(next, number(message, DataverseChangesConstants.VERSION));
            return update.executeUpdate();
        }
    }

    // Does nothing if the table holds a newer version already.
    private void insert(Connection connection, Message message, JsonNode row) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(table.insertStatement())) {
            bindRow(insert, message, row);
            insert.executeUpdate();
        }
    }

    private void delete(Connection connection, Message message) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(table.deleteStatement())) {
            delete.setObject(1, id(message));
            delete.setLong(2, number(message, DataverseChangesConstants.ROUND));
            delete.executeUpdate();
        }
    }

    private int bindRow(PreparedStatement statement, Message message, JsonNode row) throws SQLException {
        int index = 1;
        for (Column column : table.columns()) {
            bind(statement, index++, column, row.path(column.name()));
        }
        statement.setLong(index++, number(message, DataverseChangesConstants.VERSION));
        statement.setLong(index++, number(message, DataverseChangesConstants.ROUND));
        statement.setObject(index++, id(message));
        return index;
    }

    private static void bind(PreparedStatement statement, int index, Column column, JsonNode value)
            throws SQLException {
        if (value.isNull() || value.isMissingNode()) {
            statement.setNull(index, column.type().sqlType());
        } else {
            statement.setObject(index, column.type().read(value));
        }
    }

    private static JsonNode parse(String row) {
        try {
            return EXACT_NUMBERS.readTree(row);
        } catch (JsonProcessingException e) {
            throw new RefusedChangeException("The row is no JSON object.", e);
        }
    }

    private static UUID id(Message message) {
        return UUID.fromString(message.getHeader(DataverseChangesConstants.ID, String.class));
    }

    private static long number(Message message, String header) {
        Long number = message.getHeader(header, Long.class);
        if (number == null) {
            throw new RefusedChangeException("The table needs the header " + header + " of each change.");
        }
        return number;
    }

    // SQL state 22: a value that the column cannot take; 23: a constraint. All else may be different tomorrow.
    private static boolean isRefusal(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }
}
