package io.github.cameldataverse.changes.token.jdbc;

import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.DeliveredChange;
import io.github.cameldataverse.changes.token.RevisionCheck;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.SubscriptionKey;
import io.github.cameldataverse.changes.token.TokenCodec;
import io.github.cameldataverse.changes.token.TokenConflictException;
import io.github.cameldataverse.changes.token.TokenUnreadableException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The checkpoints and deliveries of a JDBC repository. Safe for several threads. */
final class TokenRows {

    private final Sql sql;
    private final TokenStatements tables;
    private final TableCreation.Abilities database;

    /**
     * The revision at which each subscription was last read or written whole: it need not be read for every note. Only what
     * is committed is remembered: a transaction of the caller may be rolled back, and another reader move to the same
     * revision.
     */
    private final Map<SubscriptionId, Long> revisionsSeen = new ConcurrentHashMap<>();

    TokenRows(Sql sql, TokenStatements tables, TableCreation.Abilities database) {
        this.sql = sql;
        this.tables = tables;
        this.database = database;
    }

    /**
     * The deliveries are read before the checkpoint. Should another reader advance between the two, they are of an older
     * revision than the checkpoint and do not count, without any lock.
     */
    Optional<StoredToken> load(SubscriptionId subscription) {
        return sql.onConnection("read the token of " + subscription, connection -> {
            List<Note> notes = notes(connection, subscription);
            Optional<Checkpoint> found = checkpoint(connection, subscription);
            remember(connection, subscription, found);
            return found.map(checkpoint -> token(checkpoint, notes));
        });
    }

    private static StoredToken token(Checkpoint checkpoint, List<Note> notes) {
        Map<String, String> delivered = new HashMap<>();
        for (Note note : notes) {
            if (note.revision == checkpoint.revision()) {
                delivered.put(note.recordId, note.what);
            }
        }
        return new StoredToken(checkpoint, delivered);
    }

    private void remember(Connection connection, SubscriptionId subscription, Optional<Checkpoint> checkpoint)
            throws SQLException {
        if (!connection.getAutoCommit()) {
            return;
        }
        checkpoint.ifPresentOrElse(
                found -> revisionsSeen.put(subscription, found.revision()), () -> revisionsSeen.remove(subscription));
    }

    void delivered(SubscriptionId subscription, long revision, List<DeliveredChange> deliveries) {
        if (!Objects.equals(revisionsSeen.get(subscription), revision)) {
            RevisionCheck.check(subscription, revision, storedRevision(subscription));
        }
        boolean noted = sql.onConnection(
                "note what was delivered of " + subscription,
                connection -> connection.getAutoCommit()
                        ? note(connection, subscription, revision, deliveries)
                        : noteWithTheCaller(connection, subscription, revision, deliveries));
        if (!noted) {
            revisionsSeen.remove(subscription);
            throw RevisionCheck.conflict(subscription, revision, storedRevision(subscription));
        }
    }

    /** A take-over waits for the note and keeps it, or the note waits for the take-over and is refused. */
    private boolean note(
            Connection connection, SubscriptionId subscription, long revision, List<DeliveredChange> deliveries)
            throws SQLException {
        if (database.locksInInsert() && deliveries.size() == 1) {
            String insert =
                    database.leavesUnforced() ? tables.insertDeliveredUnforced() : tables.insertDeliveredLocked();
            return Sql.update(connection, insert, values(subscription, revision, deliveries.get(0))) == 1;
        }
        return Sql.ownTransaction(
                connection,
                own -> {
                    boolean stands =
                            Sql.update(own, tables.lockCheckpointOfRevision(), key(subscription), revision) == 1;
                    if (stands) {
                        insert(own, subscription, revision, deliveries);
                    }
                    return stands;
                },
                () -> {});
    }

    private void insert(
            Connection connection, SubscriptionId subscription, long revision, List<DeliveredChange> deliveries)
            throws SQLException {
        Sql.batch(
                connection,
                tables.insertDelivered(),
                deliveries.stream()
                        .map(delivery -> values(subscription, revision, delivery))
                        .toList());
    }

    private static Object[] values(SubscriptionId subscription, long revision, DeliveredChange delivery) {
        return new Object[] {delivery.recordId(), delivery.what(), key(subscription), revision};
    }

    /**
     * The effect of the changes is in this transaction too. Of two readers of the page the second one waits at the lock for
     * the end of the first one's transaction, and then finds its note: one of the two is rolled back, effect and all.
     */
    private boolean noteWithTheCaller(
            Connection connection, SubscriptionId subscription, long revision, List<DeliveredChange> deliveries)
            throws SQLException {
        if (Sql.update(connection, tables.lockCheckpointOfRevision(), key(subscription), revision) == 0) {
            return false;
        }
        for (DeliveredChange delivery : deliveries) {
            String id = delivery.recordId();
            String what = delivery.what();
            if (Sql.update(connection, tables.insertDeliveredOnce(), id, what, key(subscription), revision, id, what)
                    == 0) {
                throw RevisionCheck.deliveredByAnother(subscription, id);
            }
        }
        return true;
    }

    /**
     * Keeps the checkpoint where it is until the transaction of this connection has ended.
     *
     * @throws TokenConflictException if another revision is stored
     */
    void keepAt(Connection connection, SubscriptionId subscription, long revision) throws SQLException {
        boolean stands = revision == RevisionCheck.NOTHING
                ? checkpoint(connection, subscription).isEmpty()
                : Sql.update(connection, tables.lockCheckpointOfRevision(), key(subscription), revision) == 1;
        if (!stands) {
            throw RevisionCheck.conflict(subscription, revision, "another revision");
        }
    }

    private long storedRevision(SubscriptionId subscription) {
        Optional<Checkpoint> stored = sql.onConnection("read the token of " + subscription, connection -> {
            Optional<Checkpoint> found = checkpoint(connection, subscription);
            remember(connection, subscription, found);
            return found;
        });
        return stored.orElseThrow(() -> RevisionCheck.nothingStored(subscription))
                .revision();
    }

    /**
     * Moves the checkpoint, with all that belongs to it, in one transaction.
     *
     * @param carried notes of the page behind the new checkpoint
     * @param also what else is to happen if the checkpoint moves, and not to happen if it does not
     */
    void advance(
            SubscriptionId subscription,
            long expectedRevision,
            Checkpoint next,
            List<DeliveredChange> carried,
            Sql.Work<Integer> also) {
        int unused = sql.inTransaction(
                "write the token of " + subscription,
                connection -> {
                    long stored = revision(checkpoint(connection, subscription));
                    RevisionCheck.check(subscription, expectedRevision, stored, next);
                    move(connection, subscription, expectedRevision, next);
                    int others =
                            also.on(connection) + Sql.update(connection, tables.deleteDelivered(), key(subscription));
                    insert(connection, subscription, next.revision(), carried);
                    return others;
                },
                () -> revisionsSeen.put(subscription, next.revision()));
    }

    /** The checkpoint moves first: who notes in a transaction waits for this one from there on, and is refused behind it. */
    StoredToken takeOver(SubscriptionId subscription, long expectedRevision, Checkpoint next) {
        return sql.inTransaction(
                "take over the token of " + subscription,
                connection -> {
                    long stored = revision(checkpoint(connection, subscription));
                    RevisionCheck.check(subscription, expectedRevision, stored, next);
                    move(connection, subscription, expectedRevision, next);
                    int unused = Sql.update(
                            connection, tables.moveDelivered(), next.revision(), key(subscription), expectedRevision);
                    return token(next, notes(connection, subscription));
                },
                () -> revisionsSeen.put(subscription, next.revision()));
    }

    private List<Note> notes(Connection connection, SubscriptionId subscription) throws SQLException {
        return Sql.select(connection, tables.selectDelivered(), Note::of, key(subscription));
    }

    /** Compares once more, now in the statement: another reader may have advanced since the row was read. */
    private void move(Connection connection, SubscriptionId subscription, long expected, Checkpoint next)
            throws SQLException {
        if (expected == RevisionCheck.NOTHING) {
            insertFirst(connection, subscription, next);
            return;
        }
        if (write(connection, tables.updateCheckpointOfRevision(), subscription, next, expected) == 0) {
            long stored = revision(checkpoint(connection, subscription));
            throw RevisionCheck.conflict(subscription, expected, stored);
        }
    }

    private void insertFirst(Connection connection, SubscriptionId subscription, Checkpoint next) throws SQLException {
        try {
            int unused = write(connection, tables.insertCheckpoint(), subscription, next);
        } catch (SQLException e) {
            if (Sql.isDuplicateKey(e)) {
                // A failed statement may have ended the transaction, so the stored revision cannot be read.
                throw RevisionCheck.conflict(subscription, RevisionCheck.NOTHING, "a first revision");
            }
            throw e;
        }
    }

    void replace(SubscriptionId subscription, Checkpoint next) {
        int unused = sql.inTransaction(
                "replace the token of " + subscription,
                connection -> {
                    if (write(connection, tables.updateCheckpoint(), subscription, next) == 0) {
                        insertFirst(connection, subscription, next);
                    }
                    return Sql.update(connection, tables.deleteDelivered(), key(subscription));
                },
                () -> revisionsSeen.put(subscription, next.revision()));
    }

    private static int write(
            Connection connection, String statement, SubscriptionId subscription, Checkpoint next, Object... more)
            throws SQLException {
        Object[] values = new Object[3 + more.length];
        values[0] = next.revision();
        values[1] = TokenCodec.encode(subscription, next);
        values[2] = key(subscription);
        System.arraycopy(more, 0, values, 3, more.length);
        return Sql.update(connection, statement, values);
    }

    private Optional<Checkpoint> checkpoint(Connection connection, SubscriptionId subscription) throws SQLException {
        List<Checkpoint> found = Sql.select(
                connection,
                tables.selectCheckpoint(),
                row -> decode(subscription, row.getLong(1), row.getString(2)),
                key(subscription));
        return found.stream().findFirst();
    }

    private Checkpoint decode(SubscriptionId subscription, long revision, String text) {
        String place = "table " + tables.checkpoint() + ", row " + key(subscription);
        Checkpoint checkpoint = TokenCodec.decode(subscription, text, place);
        if (checkpoint.revision() != revision) {
            throw TokenUnreadableException.of(
                    subscription,
                    place,
                    "has revision " + revision + " in its column, but " + checkpoint.revision() + " in its text");
        }
        return checkpoint;
    }

    private static long revision(Optional<Checkpoint> checkpoint) {
        return checkpoint.map(Checkpoint::revision).orElse(RevisionCheck.NOTHING);
    }

    private static String key(SubscriptionId subscription) {
        return SubscriptionKey.of(subscription);
    }

    private record Note(long revision, String recordId, String what) {
        static Note of(ResultSet row) throws SQLException {
            return new Note(row.getLong(1), row.getString(2), row.getString(3));
        }
    }
}
