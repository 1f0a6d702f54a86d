package io.github.cameldataverse.changes.token.jdbc;

import io.github.cameldataverse.changes.token.CallerTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks the database in which transaction of the caller a connection is. The database's own name for it holds whichever
 * transaction manager began it, and for all connections that take part in it.
 */
final class Transactions {

    private final Sql sql;
    private final Optional<String> nameOf;

    /** @param nameOf the statement that names the current transaction, if the database has one */
    Transactions(Sql sql, Optional<String> nameOf) {
        this.sql = sql;
        this.nameOf = nameOf;
    }

    CallerTransaction current() {
        return sql.onConnection("ask for the current transaction", connection -> {
            if (connection.getAutoCommit()) {
                return new CallerTransaction.None();
            }
            return name(connection)
                    .<CallerTransaction>map(CallerTransaction.Named::new)
                    .orElseGet(CallerTransaction.Unnamed::new);
        });
    }

    private Optional<String> name(Connection connection) throws SQLException {
        if (nameOf.isEmpty()) {
            return Optional.empty();
        }
        List<Optional<String>> names = Sql.select(connection, nameOf.get(), row -> {
            @Nullable String name = row.getString(1);
            return Optional.ofNullable(name);
        });
        return names.get(0);
    }
}
