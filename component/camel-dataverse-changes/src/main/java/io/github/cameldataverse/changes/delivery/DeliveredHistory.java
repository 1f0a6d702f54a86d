package io.github.cameldataverse.changes.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was delivered of the page in hand before it was interrupted, record by record and in order. A page that comes
 * again begins, for each record, with what was delivered of it: only that is held back, so that a record which was
 * deleted, restored and deleted again is never swallowed.
 */
final class DeliveredHistory {

    private static final String AND_THEN = " ";

    private final Map<String, String> delivered;
    private final Map<String, Deque<String>> pending = new HashMap<>();

    /** @param delivered record id to the whole history of it in this page, oldest first */
    DeliveredHistory(Map<String, String> delivered) {
        this.delivered = new HashMap<>(delivered);
        delivered.forEach((id, history) -> pending.put(id, new ArrayDeque<>(List.of(history.split(AND_THEN)))));
    }

    /** Whether this change of the record is one that was delivered before. */
    boolean covers(String id, String what) {
        Deque<String> expected = pending.get(id);
        if (expected == null || expected.isEmpty()) {
            return false;
        }
        if (expected.getFirst().equals(what)) {
            expected.removeFirst();
            return true;
        }
        // The service may tell a record's story shorter the second time: its last word counts.
        boolean lastWord = expected.getLast().equals(what);
        expected.clear();
        return lastWord;
    }

    /** Notes one more change of the record and gives its whole history. */
    String add(String id, String what) {
        return delivered.merge(id, what, (before, now) -> before + AND_THEN + now);
    }
}
