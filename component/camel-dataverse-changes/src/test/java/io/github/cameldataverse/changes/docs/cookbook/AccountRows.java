package io.github.cameldataverse.changes.docs.cookbook;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.camel.Body;
import org.apache.camel.Header;

// tag::bean[]
public class AccountRows {
    private static final List<String> COLUMNS = List.of("name", "revenue");

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
        // A column that the row does not have keeps its value: absent is not null.
        List<String> columns = COLUMNS.stream().filter(row::containsKey).toList();
        List<Object> values = new ArrayList<>(columns.stream().map(row::get).toList());
        values.addAll(List.of(version, round, UUID.fromString(id), version));
        int updated = execute(
                "update account set "
                        + columns.stream().map(column -> column + " = ?, ").collect(joining())
                        + "version = ?, seen_round = ? where accountid = ? and version <= ?",
                values);
        if (updated == 0) {
            // Either the row is new, or a newer version is there already.
            execute(
                    "insert into account ("
                            + columns.stream().map(column -> column + ", ").collect(joining())
                            + "version, seen_round, accountid) values (" + "?, ".repeat(columns.size())
                            + "?, ?, ?) on conflict do nothing",
                    values.subList(0, columns.size() + 3));
        }
    }

    public void delete(@Header("CamelDataverseChangesId") String id, @Header("CamelDataverseChangesRound") long round)
            throws SQLException {
        execute("delete from account where accountid = ? and seen_round <= ?", List.of(UUID.fromString(id), round));
    }

    private int execute(String sql, List<Object> values) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int index = 0; index < values.size(); index++) {
                statement.setObject(index + 1, values.get(index));
            }
            return statement.executeUpdate();
        }
    }
}
// end::bean[]
