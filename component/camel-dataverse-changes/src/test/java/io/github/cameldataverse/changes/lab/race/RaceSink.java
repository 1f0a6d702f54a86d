package io.github.cameldataverse.changes.lab.race;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.camel.Message;

/**
 * The accounts in SQL, with the guards of the recipes in docs/cookbook.md: by version and by round, and by the revision of the
 * reader. To be used in a transaction.
 */
final class RaceSink {

    private final DataSource database;

    RaceSink(DataSource database) {
        this.database = database;
    }

    void create() throws SQLException {
        int unused = execute(
                "create table account (accountid uuid primary key, version bigint not null, seen_round bigint not null)");
        unused = execute("create table change_log (change_key varchar(100) not null)");
        unused = execute("create table account_reader (revision bigint not null)");
        unused = execute("insert into account_reader values (0)");
    }

    /**
     * One change takes its effect; how many rows it has changed.
     *
     * @throws IllegalStateException if a reader that took the subscription over was here before
     */
    int take(Message message) throws SQLException {
        long revision = message.getHeader(DataverseChangesConstants.REVISION, Long.class);
        if (execute("update account_reader set revision = ? where revision <= ?", revision, revision) == 0) {
            throw new IllegalStateException("Another reader has gone on behind revision " + revision);
        }
        return effect(message);
    }

    private int effect(Message message) throws SQLException {
        String type = message.getHeader(DataverseChangesConstants.CHANGE_TYPE, String.class);
        long round = message.getHeader(DataverseChangesConstants.ROUND, Long.class);
        return switch (type) {
            case "upsert" ->
                upsert(id(message), message.getHeader(DataverseChangesConstants.VERSION, Long.class), round);
            case "delete" -> execute("delete from account where accountid = ? and seen_round <= ?", id(message), round);
            case "resyncCompleted" -> execute("delete from account where seen_round < ?", round);
            default -> 0;
        };
    }

    /** A line for each effect, in the transaction of the effect; a reload brings everything once more. */
    void log(Message message) throws SQLException {
        String key = message.getHeader(DataverseChangesConstants.KEY, String.class);
        boolean reload = "resync".equals(message.getHeader(DataverseChangesConstants.PHASE, String.class));
        int unused = execute(
                "insert into change_log (change_key) values (?)",
                reload ? key + "#" + message.getHeader(DataverseChangesConstants.ROUND) : key);
    }

    private static UUID id(Message message) {
        return UUID.fromString(message.getHeader(DataverseChangesConstants.ID, String.class));
    }

    /** Between the two statements of the recipe another reader may have put the row in. */
    private int upsert(UUID id, long version, long round) throws SQLException {
        int changed = update(id, version, round);
        if (changed == 0) {
            changed = execute(
                    "insert into account (accountid, version, seen_round) values (?, ?, ?) on conflict do nothing",
                    id,
                    version,
                    round);
        }
        return changed == 0 ? update(id, version, round) : changed;
    }

    private int update(UUID id, long version, long round) throws SQLException {
        return execute(
                "update account set version = ?, seen_round = ? where accountid = ? and version <= ?",
                version,
                round,
                id,
                version);
    }

    private int execute(String sql, Object... values) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int index = 0; index < values.length; index++) {
                statement.setObject(index + 1, values[index]);
            }
            return statement.executeUpdate();
        }
    }

    /** Id to version. */
    Map<String, Long> rows() throws SQLException {
        Map<String, Long> rows = new HashMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("select accountid, version from account");
                ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                rows.put(found.getString(1), found.getLong(2));
            }
        }
        return rows;
    }

    /** Versions of records of which the effect is there more than once. */
    List<String> repeated() throws SQLException {
        List<String> repeated = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("select change_key from change_log where"
                        + " change_key like '%@%' group by change_key having count(*) > 1");
                ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                repeated.add(found.getString(1));
            }
        }
        return repeated;
    }
}
