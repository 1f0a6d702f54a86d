package io.github.cameldataverse.changes.token.jdbc;

import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.DeliveredChange;
import io.github.cameldataverse.changes.token.KnownIds;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.SubscriptionKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Known ids in a table, one row each. A row without an id says that they are kept, and holds the newest round. Rows are
 * written in the order of their ids, so that two readers that meet do not wait for each other in a circle.
 */
final class JdbcKnownIds implements KnownIds {

    private static final String MARKER = "";

    /** Ids in one question. */
    private static final int CHUNK = 200;

    private final Sql sql;
    private final TokenStatements tables;
    private final TokenRows tokens;
    private final SubscriptionId subscription;
    private final String key;

    JdbcKnownIds(Sql sql, TokenStatements tables, TokenRows tokens, SubscriptionId subscription) {
        this.sql = sql;
        this.tables = tables;
        this.tokens = tokens;
        this.subscription = subscription;
        this.key = SubscriptionKey.of(subscription);
    }

    @Override
    public boolean begin() {
        return sql.onConnection(
                "begin to keep the known ids of " + subscription,
                connection -> Sql.update(connection, tables.insertKnown(), inserted(0, MARKER)) == 1);
    }

    @Override
    public boolean isKept() {
        return sql.onConnection("look for the known ids of " + subscription, connection -> !marker(connection)
                .isEmpty());
    }

    private List<Long> marker(Connection connection) throws SQLException {
        return Sql.select(connection, tables.selectKnown(), row -> row.getLong(1), key, MARKER);
    }

    @Override
    public void expect(long revision, long round, Collection<String> ids) {
        List<String> sorted = sorted(ids);
        int unused = sql.inTransaction("put in known ids of " + subscription, connection -> {
            tokens.keepAt(connection, subscription, revision);
            return expect(connection, round, sorted);
        });
    }

    @Override
    public void expectAnew(long revision, long round, Collection<String> ids) {
        List<String> sorted = sorted(ids);
        int unused = sql.inTransaction("put in known ids of " + subscription, connection -> {
            tokens.keepAt(connection, subscription, revision);
            int lowered = Sql.update(connection, tables.lowerKnown(), round - 1, key, MARKER, round);
            return lowered + expect(connection, round, sorted);
        });
    }

    private static List<String> sorted(Collection<String> ids) {
        ids.forEach(DeliveredChange::checkRecordId);
        return new ArrayList<>(new TreeSet<>(ids));
    }

    private int expect(Connection connection, long round, List<String> ids) throws SQLException {
        int[] raised =
                Sql.batch(connection, tables.raiseKnown(), values(ids, id -> new Object[] {round, key, id, round}));
        List<String> others = new ArrayList<>();
        for (int i = 0; i < raised.length; i++) {
            if (raised[i] != 1) {
                others.add(ids.get(i));
            }
        }
        Sql.batch(connection, tables.insertKnown(), values(others, id -> inserted(round, id)));
        return raiseMarker(connection, round);
    }

    private int raiseMarker(Connection connection, long round) throws SQLException {
        return Sql.update(connection, tables.raiseKnown(), round, key, MARKER, round);
    }

    private Object[] inserted(long round, String id) {
        return new Object[] {round, key, id, key, id};
    }

    /** Of two readers of one page only the one that moves the checkpoint takes anything out. */
    @Override
    public void advance(
            long expectedRevision, Checkpoint next, Collection<String> gone, Map<String, String> delivered) {
        tokens.advance(subscription, expectedRevision, next, DeliveredChange.all(delivered), connection -> {
            if (gone.isEmpty()) {
                return 0;
            }
            List<String> sorted = new ArrayList<>(new TreeSet<>(gone));
            Sql.batch(connection, tables.deleteKnown(), values(sorted, id -> new Object[] {key, id}));
            return raiseMarker(connection, next.round());
        });
    }

    @Override
    public boolean forget(long revision, String id, long round) {
        return sql.inTransaction("take out a known id of " + subscription, connection -> {
            tokens.keepAt(connection, subscription, revision);
            return Sql.update(connection, tables.deleteKnownOlder(), key, id, round) == 1;
        });
    }

    @Override
    public List<String> olderThan(long round, String after, int most) {
        return sql.onConnection(
                "read known ids of " + subscription,
                connection -> Sql.select(
                        connection, tables.selectKnownOlder(), row -> row.getString(1), key, after, round, most));
    }

    @Override
    public Map<String, Long> rounds(Collection<String> ids) {
        List<String> sorted = sorted(ids);
        return sql.onConnection("look for known ids of " + subscription, connection -> {
            Map<String, Long> rounds = new HashMap<>();
            for (int from = 0; from < sorted.size(); from += CHUNK) {
                rounds.putAll(rounds(connection, sorted.subList(from, Math.min(sorted.size(), from + CHUNK))));
            }
            return rounds;
        });
    }

    private Map<String, Long> rounds(Connection connection, List<String> ids) throws SQLException {
        Map<String, Long> rounds = new HashMap<>();
        List<Object> values = new ArrayList<>(List.of(key));
        values.addAll(ids);
        Sql.select(
                connection,
                tables.selectKnownAmong(ids.size()),
                row -> rounds.put(row.getString(1), row.getLong(2)),
                values.toArray());
        return rounds;
    }

    @Override
    public Tally tally(long round) {
        return sql.onConnection("count the known ids of " + subscription, connection -> {
            long newest = marker(connection).stream().findFirst().orElse(0L);
            return Sql.select(
                            connection,
                            tables.tallyKnown(),
                            row -> new Tally(row.getLong(1), row.getLong(2), newest),
                            round,
                            key,
                            MARKER)
                    .get(0);
        });
    }

    private interface Values {
        Object[] of(String id);
    }

    private static List<Object[]> values(List<String> ids, Values values) {
        return ids.stream().map(values::of).toList();
    }
}
