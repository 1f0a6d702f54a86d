package io.github.cameldataverse.changes.lab.crash;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Effects as rows of an append-only table, one transaction each. */
final class SqlEffectSink implements EffectSink {

    private final Connection connection;

    SqlEffectSink(DataSource database) throws SQLException {
        connection = database.getConnection();
        connection.setAutoCommit(false);
    }

    static void create(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE effect (seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                    + " type varchar(20), change_key varchar(100), id varchar(36), name varchar(100))");
        }
    }

    @Override
    public void write(SinkEffect effect) throws SQLException {
        insert(connection, effect);
        connection.commit();
    }

    static void insert(Connection connection, SinkEffect effect) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO effect (type, change_key, id, name) VALUES (?, ?, ?, ?)")) {
            insert.setString(1, effect.type());
            insert.setString(2, effect.key());
            insert.setString(3, effect.id());
            insert.setString(4, effect.name());
            insert.executeUpdate();
        }
    }

    static List<SinkEffect> effects(DataSource database) throws SQLException {
        List<SinkEffect> effects = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT type, change_key, id, name FROM effect ORDER BY seq")) {
            while (rows.next()) {
                effects.add(new SinkEffect(rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)));
            }
        }
        return effects;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
