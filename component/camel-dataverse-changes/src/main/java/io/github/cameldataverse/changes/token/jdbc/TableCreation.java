package io.github.cameldataverse.changes.token.jdbc;

import io.github.cameldataverse.changes.token.TokenStoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.stream.Collectors;

/** Creates missing tables at the start of a JDBC repository, and checks that what is written will be committed. */
final class TableCreation {

    private final Sql sql;
    private final TokenStatements tables;

    TableCreation(Sql sql, TokenStatements tables) {
        this.sql = sql;
        this.tables = tables;
    }

    /**
     * What the database can do that not every one can.
     *
     * @param locksInInsert whether an insert can lock the row that it reads, in place of a transaction of two statements
     * @param leavesUnforced whether it can be asked to force what is delivered to its disk in its own time
     * @param transactionName the statement that names the current transaction, if there is one
     */
    record Abilities(boolean locksInInsert, boolean leavesUnforced, Optional<String> transactionName) {}

    Abilities prepare(boolean create) {
        return sql.onConnection(create ? "find or create the tables" : "find the tables", connection -> {
            requireAutoCommit(connection);
            for (TokenStatements.Table table : tables.all()) {
                if (create && !succeeds(connection, table.probe())) {
                    create(connection, table);
                }
                requireThere(connection, table, create);
                execute(connection, table.probe());
            }
            return abilities(connection);
        });
    }

    private void requireThere(Connection connection, TokenStatements.Table table, boolean created) {
        if (!created && !succeeds(connection, table.probe())) {
            throw new TokenStoreException("A table of the delta tokens is missing, or lacks a column, and"
                    + " createTables=false. Let who may create the tables: "
                    + tables.all().stream().map(all -> all.create() + ";").collect(Collectors.joining(" ")));
        }
    }

    private Abilities abilities(Connection connection) {
        Optional<String> name = TokenStatements.transactionNames().stream()
                .filter(statement -> succeeds(connection, statement))
                .findFirst();
        return new Abilities(
                succeeds(connection, tables.probeLocked()),
                succeeds(connection, TokenStatements.probeUnforced()),
                name);
    }

    private static void requireAutoCommit(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            throw new IllegalArgumentException(
                    "The dataSource gives connections without auto-commit although no"
                            + " transaction is under way, so the tokens would never be committed. Switch auto-commit on in its"
                            + " configuration; inside a transaction a transaction-aware data source switches it off by itself.");
        }
    }

    private static boolean succeeds(Connection connection, String probe) {
        try {
            execute(connection, probe);
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private static void create(Connection connection, TokenStatements.Table table) throws SQLException {
        try {
            execute(connection, table.create());
        } catch (SQLException e) {
            if (!succeeds(connection, table.probe())) { // else another process created it at the same moment
                throw e;
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean unused = statement.execute(sql);
        }
    }
}
