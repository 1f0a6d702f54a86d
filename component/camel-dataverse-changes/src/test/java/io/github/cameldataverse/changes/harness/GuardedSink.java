package io.github.cameldataverse.changes.harness;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Rows in memory behind the guards that docs/cookbook.md puts before a table in SQL: a row is replaced by no older version,
 * deleted by no delete of an earlier round than the one that brought it, and nothing is taken from a reader behind one that has
 * taken the subscription over. Safe for use by several threads.
 */
public final class GuardedSink {

    private record Stored(long version, long round) {}

    private final Map<String, Stored> rows = new HashMap<>();
    private final List<String> keys = new ArrayList<>();
    private long revision;

    /**
     * The change takes its effect.
     *
     * @throws IllegalStateException if a reader that took the subscription over was here before
     */
    public synchronized void take(Exchange exchange) {
        Message message = exchange.getMessage();
        requireLatest(message.getHeader(DataverseChangesConstants.REVISION, Long.class));
        keys.add(message.getHeader(DataverseChangesConstants.KEY, String.class));
        String id = message.getHeader(DataverseChangesConstants.ID, "", String.class);
        long round = message.getHeader(DataverseChangesConstants.ROUND, Long.class);
        switch (message.getHeader(DataverseChangesConstants.CHANGE_TYPE, String.class)) {
            case "upsert" ->
                upsert(id, new Stored(message.getHeader(DataverseChangesConstants.VERSION, Long.class), round));
            case "delete" -> rows.computeIfPresent(id, (same, row) -> row.round() <= round ? null : row);
            case "resyncCompleted" -> rows.values().removeIf(row -> row.round() < round);
            default -> {}
        }
    }

    private void requireLatest(long ofTheReader) {
        if (ofTheReader < revision) {
            throw new IllegalStateException(
                    "A reader at revision " + revision + " was here before this one at " + ofTheReader);
        }
        revision = ofTheReader;
    }

    private void upsert(String id, Stored row) {
        rows.merge(id, row, (before, now) -> now.version() >= before.version() ? now : before);
    }

    /** Keys of all changes that came, in their order. */
    public synchronized List<String> keys() {
        return List.copyOf(keys);
    }

    /** What is there now: id to version. */
    public synchronized Map<String, Long> versions() {
        Map<String, Long> versions = new HashMap<>();
        rows.forEach((id, row) -> versions.put(id, row.version()));
        return versions;
    }

    /** What is there if nothing is wrong. */
    public static Map<String, Long> versionsOf(SimulatedTable table) {
        Map<String, Long> versions = new HashMap<>();
        table.ids().forEach(id -> versions.put(id, table.version(id)));
        return versions;
    }
}
