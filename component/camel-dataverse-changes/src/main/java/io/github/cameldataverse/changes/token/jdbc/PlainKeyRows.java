package io.github.cameldataverse.changes.token.jdbc;

import io.github.cameldataverse.changes.internal.digest.Sha256;
import java.sql.Connection;
import java.sql.SQLException;

/** The plain keys of a JDBC repository: one row each, however long the key is. Safe for several threads. */
final class PlainKeyRows {

    private static final int LONGEST = 200;
    private static final String HASHED = "sha256:";

    private final Sql sql;
    private final TokenStatements tables;

    PlainKeyRows(Sql sql, TokenStatements tables) {
        this.sql = sql;
        this.tables = tables;
    }

    boolean contains(String key) {
        return sql.onConnection("look for a plain key", connection -> contains(connection, column(key)));
    }

    private boolean contains(Connection connection, String column) throws SQLException {
        return !Sql.select(connection, tables.selectKey(), row -> true, column).isEmpty();
    }

    /** Looks before it inserts: inside a transaction of the caller a refused insert could end that transaction. */
    boolean add(String key) {
        return sql.onConnection("add a plain key", connection -> {
            String column = column(key);
            return !contains(connection, column) && inserted(connection, column);
        });
    }

    private boolean inserted(Connection connection, String column) throws SQLException {
        try {
            return Sql.update(connection, tables.insertKey(), column) == 1;
        } catch (SQLException e) {
            if (Sql.isDuplicateKey(e) && connection.getAutoCommit()) {
                return false; // another reader was faster
            }
            throw e;
        }
    }

    boolean remove(String key) {
        return sql.onConnection(
                "remove a plain key", connection -> Sql.update(connection, tables.deleteKey(), column(key)) > 0);
    }

    void clear() {
        int unused =
                sql.onConnection("remove the plain keys", connection -> Sql.update(connection, tables.deleteKeys()));
    }

    /** A key that fits the column in every database as it is; of any other its hash. */
    private static String column(String key) {
        boolean fits = key.length() <= LONGEST && !key.isBlank() && !key.startsWith(HASHED) && key.equals(key.strip());
        return fits && key.chars().allMatch(c -> c >= ' ' && c <= '~') ? key : HASHED + Sha256.ofUnits(key);
    }
}
