package io.github.cameldataverse.changes.example;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import javax.sql.DataSource;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * Applies each change to the table {@code account}, and adds a line for it to {@code account_log}. Repeating a change
 * changes nothing in the table, so at-least-once delivery would be enough for it; the log takes part in a transaction. Every value is bound: nothing of a row becomes part of a statement.
 *
 * <p>Two columns guard the rest: {@code version} keeps an older change from overwriting a newer one, and {@code
 * seen_round} keeps the delete of an earlier round from removing the row of a later one.
 */
final class AccountTable {

    private static final String UPDATE =
            """
            update account
            set name = ?, accountnumber = ?, emailaddress1 = ?, telephone1 = ?, revenue = ?, numberofemployees = ?,
                creditonhold = ?, modifiedon = ?, version = ?, seen_round = ?
            where accountid = ? and version <= ?
            """;

    // Does nothing if the table holds a newer version already.
    private static final String INSERT =
            """
            insert into account (name, accountnumber, emailaddress1, telephone1, revenue, numberofemployees,
                creditonhold, modifiedon, version, seen_round, accountid)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing
            """;

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
        @Nullable Object[] row = columns(change.getBody(Account.class), version, Incoming.round(change));
        if (execute(connection, UPDATE, with(row, version)) == 0) {
            execute(connection, INSERT, row);
        }
    }

    private static @Nullable Object[] columns(Account account, long version, long round) {
        return new @Nullable Object[] {
            account.name(),
            account.accountnumber(),
            account.emailaddress1(),
            account.telephone1(),
            account.revenue(),
            account.numberofemployees(),
            account.creditonhold(),
            account.modifiedon(),
            version,
            round,
            account.accountid()
        };
    }

    private static @Nullable Object[] with(@Nullable Object[] values, Object one) {
        @Nullable Object[] more = Arrays.copyOf(values, values.length + 1);
        more[values.length] = one;
        return more;
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
