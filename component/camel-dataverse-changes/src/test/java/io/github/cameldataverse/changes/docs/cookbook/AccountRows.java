package io.github.cameldataverse.changes.docs.cookbook;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.camel.Body;
import org.apache.camel.Header;

// tag::bean[]
public class AccountRows {
    private final DataSource dataSource;

    public AccountRows(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    public void upsert(
            @Body Map<String, Object> row,
            @Header("CamelDataverseChangesId") String id,
            @Header("CamelDataverseChangesVersion") long version,
            @Header("CamelDataverseChangesRound") long round)
            throws SQLException {
        UUID key = UUID.fromString(id);
        int updated = execute(
                "update account set name = ?, revenue = ?, version = ?, seen_round = ?"
                        + " where accountid = ? and version <= ?",
                row.get("name"),
                row.get("revenue"),
                version,
                round,
                key,
                version);
        if (updated == 0) {
            // Either the row is new, or a newer version is there already.
            execute(
                    "insert into account (accountid, name, revenue, version, seen_round)"
                            + " values (?, ?, ?, ?, ?) on conflict do nothing",
                    key,
                    row.get("name"),
                    row.get("revenue"),
                    version,
                    round);
        }
    }

    public void delete(@Header("CamelDataverseChangesId") String id, @Header("CamelDataverseChangesRound") long round)
            throws SQLException {
        execute("delete from account where accountid = ? and seen_round <= ?", UUID.fromString(id), round);
    }

    private int execute(String sql, Object... values) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int index = 0; index < values.length; index++) {
                statement.setObject(index + 1, values[index]);
            }
            return statement.executeUpdate();
        }
    }
}
// end::bean[]
