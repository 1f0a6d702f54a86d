package io.github.cameldataverse.changes.example;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * Applies each change to the table {@code account}, and adds a line for it to {@code account_log}. Repeating a change
 * changes nothing in the table, so at-least-once delivery would be enough for it; the log takes part in a transaction. Every value
 * is bound, and the names of columns are those of {@link Account}: nothing of a row becomes part of a statement. A column that a row
 * does not have keeps its value, because absent is not null.
 *
 * <p>Two columns guard the rest: {@code version} keeps an older change from overwriting a newer one, and {@code
 * seen_round} keeps the delete of an earlier round from removing the row of a later one.
 */
final class AccountTable {

    private static final String DELETE = "delete from account where accountid = ? and seen_round <= ?";

    private static final String LOG = "insert into account_log (change_key, change_type) values (?, ?)";

    private final DataSource dataSource;

    AccountTable(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** @param change its body is an {@link Account}, if it is an upsert */
    void apply(Message change) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            switch (ChangeType.of(change)) {
                case UPSERT -> upsert(connection, change);
                case DELETE -> execute(connection, DELETE, Incoming.id(change), Incoming.round(change));
                // The deletes of what a reload did not bring come by themselves, because of knownIds=true.
                case RESYNC_STARTED, RESYNC_COMPLETED -> {}
            }
        }
    }

    void log(Incoming change) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            execute(connection, LOG, change.key(), change.type().word());
        }
    }

    private static void upsert(Connection connection, Message change) throws SQLException {
        long version = Incoming.version(change);
        Map<String, @Nullable Object> row = RowFormat.present(change, columns(change.getBody(Account.class)));
        row.put("version", version);
        row.put("seen_round", Incoming.round(change));
        if (execute(connection, update(row.keySet()), with(row, Incoming.id(change), version)) == 0) {
            execute(connection, insert(row.keySet()), with(row, Incoming.id(change)));
        }
    }

    private static String update(Set<String> columns) {
        return "update account set " + joined(columns, " = ?") + " where accountid = ? and version <= ?";
    }

    /** Does nothing if the table holds a newer version already. */
    private static String insert(Set<String> columns) {
        return "insert into account (" + joined(columns, "") + ", accountid) values (" + "?, ".repeat(columns.size())
                + "?) on conflict do nothing";
    }

    private static String joined(Set<String> columns, String behindEach) {
        return columns.stream().map(column -> column + behindEach).collect(Collectors.joining(", "));
    }

    private static Map<String, @Nullable Object> columns(Account account) {
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        columns.put("name", account.name());
        columns.put("accountnumber", account.accountnumber());
        columns.put("emailaddress1", account.emailaddress1());
        columns.put("telephone1", account.telephone1());
        columns.put("revenue", account.revenue());
        columns.put("numberofemployees", account.numberofemployees());
        columns.put("creditonhold", account.creditonhold());
        columns.put("modifiedon", account.modifiedon());
        return columns;
    }

    private static @Nullable Object[] with(Map<String, @Nullable Object> row, Object... more) {
        List<@Nullable Object> values = new ArrayList<>(row.values());
        values.addAll(Arrays.asList(more));
        return values.toArray();
    }

    private static int execute(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int index = 0; index < values.length; index++) {
                statement.setObject(index + 1, values[index]);
            }
            return statement.executeUpdate();
        }
    }
}
