package io.github.cameldataverse.changes.token.jdbc;

import io.github.cameldataverse.changes.token.TokenStoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Statements on a data source. A connection that comes with auto-commit belongs to us for the moment; one that comes
 * without takes part in a transaction of the caller, which is joined: the caller commits or rolls back.
 */
final class Sql {

    private final DataSource dataSource;
    private final String place;

    Sql(DataSource dataSource, String place) {
        this.dataSource = dataSource;
        this.place = place;
    }

    /** Something to do with a connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Reads a row. */
    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** Does statements each of which is a transaction by itself, unless it joins one. */
    <T> T onConnection(String doing, Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw failure(doing, e);
        }
    }

    /** Does several statements, all or none. */
    <T> T inTransaction(String doing, Work<T> work) {
        return inTransaction(doing, work, () -> {});
    }

    /** @param committed told once they are committed here; not of a transaction of the caller, which tells nobody */
    <T> T inTransaction(String doing, Work<T> work, Runnable committed) {
        return onConnection(
                doing,
                connection ->
                        connection.getAutoCommit() ? ownTransaction(connection, work, committed) : work.on(connection));
    }

    /** The same on a connection with auto-commit. */
    static <T> T ownTransaction(Connection connection, Work<T> work, Runnable committed) throws SQLException {
        connection.setAutoCommit(false);
        T result;
        try {
            result = work.on(connection);
            connection.commit();
        } catch (SQLException | RuntimeException | Error e) {
            rollback(connection, e);
            throw e;
        }
        committed.run();
        connection.setAutoCommit(true);
        return result;
    }

    /**
     * Auto-commit is given back only after a rollback that succeeded: switching it on would commit what is left. A
     * connection that is closed without it is rolled back by its pool.
     */
    private static void rollback(Connection connection, Throwable failure) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    /** The same statement with one list of values after the other; how many rows each of them changed. */
    static int[] batch(Connection connection, String sql, List<Object[]> lists) throws SQLException {
        if (lists.isEmpty()) {
            return new int[0];
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Object[] values : lists) {
                bind(statement, values);
                statement.addBatch();
            }
            return statement.executeBatch();
        }
    }

    static <T> List<T> select(Connection connection, String sql, Row<T> row, Object... values) throws SQLException {
        List<T> found = new ArrayList<>();
        try (PreparedStatement statement = prepare(connection, sql, values);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(row.of(rows));
            }
        }
        return found;
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            bind(statement, values);
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    /** Whether a row was refused because its key is there already. */
    static boolean isDuplicateKey(SQLException e) {
        return String.valueOf(e.getSQLState()).startsWith("23");
    }

    private TokenStoreException failure(String doing, SQLException e) {
        return new TokenStoreException("Could not " + doing + " in " + place + ": " + e.getMessage(), e);
    }
}
