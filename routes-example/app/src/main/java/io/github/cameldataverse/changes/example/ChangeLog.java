package io.github.cameldataverse.changes.example;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A table that only grows: a line for each change. In a transaction, the line comes with the rest of it or not at all. */
final class ChangeLog {

    private final DataSource dataSource;
    private final String insert;

    /** @param table a name from code */
    ChangeLog(DataSource dataSource, String table) {
        this.dataSource = dataSource;
        this.insert = "insert into " + table + " (change_key, change_type) values (?, ?)";
    }

    void note(Incoming change) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setString(1, change.key());
            statement.setString(2, change.type().word());
            statement.executeUpdate();
        }
    }
}
