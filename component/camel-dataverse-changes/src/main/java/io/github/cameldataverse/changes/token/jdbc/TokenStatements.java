package io.github.cameldataverse.changes.token.jdbc;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The four tables of a JDBC repository and every statement that is sent to them. The prefix is the only part of a
 * statement that comes from configuration, and is checked.
 */
final class TokenStatements {

    private static final Pattern PREFIX = Pattern.compile("[a-z_][a-z0-9_]{0,49}");

    private static final String LOCKED = " FOR UPDATE";

    private static final String UNFORCED = "set_config('synchronous_commit', 'off', true)";

    private final String prefix;
    private final String checkpoint;
    private final String delivered;
    private final String idempotent;
    private final String known;

    TokenStatements(String prefix) {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("The tablePrefix must be 1 to 50 of a-z, 0-9 and _, and not begin with a"
                    + " digit; got '" + prefix + "'.");
        }
        this.prefix = prefix;
        this.checkpoint = prefix + "checkpoint";
        this.delivered = prefix + "delivered";
        this.idempotent = prefix + "idempotent";
        this.known = prefix + "known";
    }

    /**
     * A table to be created if missing.
     *
     * @param create creates it
     * @param probe succeeds, and finds nothing, if it is there with its columns
     */
    record Table(String create, String probe) {}

    /** A note of what is delivered has a revision, so that one of a reader who slept is not taken for ours. */
    List<Table> all() {
        return List.of(
                new Table(
                        "CREATE TABLE IF NOT EXISTS " + checkpoint + " (subscription VARCHAR(255) NOT NULL PRIMARY KEY,"
                                + " revision BIGINT NOT NULL, token TEXT NOT NULL)",
                        "SELECT subscription, revision, token FROM " + checkpoint + " WHERE 1 = 0"),
                new Table(
                        "CREATE TABLE IF NOT EXISTS " + delivered + " (subscription VARCHAR(255) NOT NULL,"
                                + " seq BIGINT GENERATED ALWAYS AS IDENTITY, revision BIGINT NOT NULL,"
                                + " record_id VARCHAR(500) NOT NULL, what VARCHAR(500) NOT NULL,"
                                + " PRIMARY KEY (subscription, record_id, seq))",
                        "SELECT subscription, seq, revision, record_id, what FROM " + delivered + " WHERE 1 = 0"),
                new Table(
                        "CREATE TABLE IF NOT EXISTS " + idempotent + " (message_key VARCHAR(255) NOT NULL PRIMARY KEY)",
                        "SELECT message_key FROM " + idempotent + " WHERE 1 = 0"),
                new Table(
                        "CREATE TABLE IF NOT EXISTS " + known + " (subscription VARCHAR(255) NOT NULL,"
                                + " record_id VARCHAR(500) NOT NULL, round BIGINT NOT NULL,"
                                + " PRIMARY KEY (subscription, record_id))",
                        "SELECT subscription, record_id, round FROM " + known + " WHERE 1 = 0"));
    }

    String selectCheckpoint() {
        return "SELECT revision, token FROM " + checkpoint + " WHERE subscription = ?";
    }

    String insertCheckpoint() {
        return "INSERT INTO " + checkpoint + " (revision, token, subscription) VALUES (?, ?, ?)";
    }

    String updateCheckpoint() {
        return "UPDATE " + checkpoint + " SET revision = ?, token = ? WHERE subscription = ?";
    }

    String updateCheckpointOfRevision() {
        return updateCheckpoint() + " AND revision = ?";
    }

    String selectDelivered() {
        return "SELECT revision, record_id, what FROM " + delivered + " WHERE subscription = ? ORDER BY seq";
    }

    /** Inserts nothing if the checkpoint has moved on meanwhile. Sound only where that cannot be under way. */
    String insertDelivered() {
        return "INSERT INTO " + delivered + " (subscription, revision, record_id, what)"
                + " SELECT subscription, revision, CAST(? AS VARCHAR(500)), CAST(? AS VARCHAR(500)) FROM " + checkpoint
                + " WHERE subscription = ? AND revision = ?";
    }

    /**
     * Keeps every other note and advance of the subscription waiting until the current transaction has ended; touches no row
     * if the checkpoint has moved on meanwhile.
     */
    String lockCheckpointOfRevision() {
        return "UPDATE " + checkpoint + " SET revision = revision WHERE subscription = ? AND revision = ?";
    }

    /** Inserts nothing if the very same note is there. Sound only behind {@link #lockCheckpointOfRevision}. */
    String insertDeliveredOnce() {
        return insertDelivered() + " AND NOT EXISTS (SELECT 1 FROM " + delivered + " noted WHERE noted.subscription = "
                + checkpoint + ".subscription AND noted.revision = " + checkpoint
                + ".revision AND noted.record_id = ? AND noted.what = ?)";
    }

    /**
     * What {@link #insertDelivered} does, by itself: of a move of the checkpoint and the note one waits for the other. A note
     * that read the old revision, and was written when the checkpoint had moved, would be lost without a word.
     */
    String insertDeliveredLocked() {
        return insertDelivered() + LOCKED;
    }

    /** Succeeds, and inserts nothing, where {@link #insertDeliveredLocked} can be used. */
    String probeLocked() {
        return "INSERT INTO " + delivered + " (subscription, revision, record_id, what)"
                + " SELECT subscription, revision, subscription, subscription FROM " + checkpoint + " WHERE 1 = 0"
                + LOCKED;
    }

    /**
     * What {@link #insertDeliveredLocked} does, without waiting until PostgreSQL has forced it to its disk, which takes ten times as long as all else. It
     * holds for this statement only, and only where the statement is a transaction by itself. A crash of this process loses
     * nothing; a crash of the database may lose the notes of its last second, never a checkpoint.
     */
    String insertDeliveredUnforced() {
        return insertDelivered() + " AND " + UNFORCED + " = 'off'" + LOCKED;
    }

    /** Succeeds where {@link #insertDeliveredUnforced} can be used. */
    static String probeUnforced() {
        return "SELECT " + UNFORCED;
    }

    /**
     * Each names the current transaction, in one database or another. PostgreSQL gives every transaction a number that never
     * comes again, by the first name since version 13 and by the second before; H2 does once something was changed in it,
     * and null before.
     */
    static List<String> transactionNames() {
        return List.of("SELECT pg_current_xact_id()", "SELECT txid_current()", "SELECT TRANSACTION_ID()");
    }

    String moveDelivered() {
        return "UPDATE " + delivered + " SET revision = ? WHERE subscription = ? AND revision = ?";
    }

    String deleteDelivered() {
        return "DELETE FROM " + delivered + " WHERE subscription = ?";
    }

    String selectKey() {
        return "SELECT 1 FROM " + idempotent + " WHERE message_key = ?";
    }

    String insertKey() {
        return "INSERT INTO " + idempotent + " (message_key) VALUES (?)";
    }

    String deleteKey() {
        return "DELETE FROM " + idempotent + " WHERE message_key = ?";
    }

    String deleteKeys() {
        return "DELETE FROM " + idempotent;
    }

    /** Inserts nothing if the id is there. */
    String insertKnown() {
        return "INSERT INTO " + known + " (round, subscription, record_id)"
                + " SELECT CAST(? AS BIGINT), CAST(? AS VARCHAR(255)), CAST(? AS VARCHAR(500))"
                + " WHERE NOT EXISTS (SELECT 1 FROM " + known + " WHERE subscription = ? AND record_id = ?)";
    }

    String raiseKnown() {
        return "UPDATE " + known + " SET round = ? WHERE subscription = ? AND record_id = ? AND round < ?";
    }

    String lowerKnown() {
        return "UPDATE " + known + " SET round = ? WHERE subscription = ? AND record_id > ? AND round = ?";
    }

    String deleteKnown() {
        return "DELETE FROM " + known + " WHERE subscription = ? AND record_id = ?";
    }

    String deleteKnownOlder() {
        return deleteKnown() + " AND round < ?";
    }

    String selectKnown() {
        return "SELECT round FROM " + known + " WHERE subscription = ? AND record_id = ?";
    }

    String selectKnownAmong(int ids) {
        return "SELECT record_id, round FROM " + known + " WHERE subscription = ? AND record_id IN (?"
                + ", ?".repeat(ids - 1) + ")";
    }

    String selectKnownOlder() {
        return "SELECT record_id FROM " + known + " WHERE subscription = ? AND record_id > ? AND round < ?"
                + " ORDER BY record_id LIMIT ?";
    }

    String tallyKnown() {
        return "SELECT COUNT(*), COUNT(CASE WHEN round < ? THEN 1 END) FROM " + known
                + " WHERE subscription = ? AND record_id > ?";
    }

    String checkpoint() {
        return checkpoint;
    }

    String prefix() {
        return prefix;
    }
}
