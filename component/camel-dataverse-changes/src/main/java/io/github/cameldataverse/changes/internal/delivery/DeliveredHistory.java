package io.github.cameldataverse.changes.internal.delivery;

import io.github.cameldataverse.changes.change.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was delivered of the current page before it was interrupted, record by record and in order. When the page comes
 * again, a record's story begins anew, maybe shorter than before. Held back is the longest beginning of it with which
 * the delivered story ends: behind it the sinks are where the story is. So nothing is delivered twice without need, and a
 * record that was deleted, restored and deleted again is never swallowed.
 */
final class DeliveredHistory {

    private static final String AND_THEN = " ";
    private static final int MOST_WORDS = 16;

    private final Map<String, String> delivered;
    private final Map<String, List<String>> stories;
    private final Map<String, Integer> heldBack = new HashMap<>();

    /**
     * @param delivered record id to the whole history of it in this page, oldest first
     * @param page the page as it came now
     */
    DeliveredHistory(Map<String, String> delivered, List<Change> page) {
        this.delivered = new HashMap<>(delivered);
        this.stories = told(page);
        delivered.forEach(
                (id, history) -> heldBack.put(id, overlap(words(history), stories.getOrDefault(id, List.of()))));
    }

    /** Whether the next change of this record is one that was delivered before. */
    boolean covers(String id) {
        int left = heldBack.getOrDefault(id, 0);
        heldBack.computeIfPresent(id, (same, count) -> Math.max(0, count - 1));
        return left > 0;
    }

    /** Notes one more change of the record and gives its history. */
    String add(String id, String what) {
        return delivered.merge(id, what, DeliveredHistory::joined);
    }

    /** What of the delivered story is not told by this page, and may be by a later one, before the page is delivered. */
    Map<String, String> leftOver() {
        Map<String, String> left = new HashMap<>();
        delivered.forEach((id, history) -> {
            List<String> rest = rest(words(history), stories.getOrDefault(id, List.of()));
            if (!rest.isEmpty()) {
                left.put(id, String.join(AND_THEN, rest));
            }
        });
        return left;
    }

    /**
     * If the page tells the end of the story only, an earlier part of it that ends in the same state: of two deletes of a record
     * the second one may have moved to the next page.
     */
    private static List<String> rest(List<String> before, List<String> now) {
        int earlier = before.size() - now.size();
        boolean isTold = overlap(before, now) == now.size();
        boolean endsAlike = earlier > 0 && before.get(earlier - 1).equals(before.get(before.size() - 1));
        return isTold && endsAlike ? before.subList(0, earlier) : List.of();
    }

    /** The stories of those records of which something was delivered. */
    private Map<String, List<String>> told(List<Change> page) {
        Map<String, List<String>> stories = new HashMap<>();
        if (!delivered.isEmpty()) {
            page.stream()
                    .filter(change -> delivered.containsKey(change.id()))
                    .forEach(change -> stories.computeIfAbsent(change.id(), id -> new ArrayList<>())
                            .add(change.what()));
        }
        return stories;
    }

    private static int overlap(List<String> before, List<String> now) {
        for (int length = Math.min(before.size(), now.size()); length > 0; length--) {
            if (before.subList(before.size() - length, before.size()).equals(now.subList(0, length))) {
                return length;
            }
        }
        return 0;
    }

    /** A repository takes no endless text. Cut at its beginning, a story costs duplicates and never a change. */
    private static String joined(String before, String now) {
        List<String> words = words(before + AND_THEN + now);
        return String.join(AND_THEN, words.subList(Math.max(0, words.size() - MOST_WORDS), words.size()));
    }

    private static List<String> words(String history) {
        return List.of(history.split(AND_THEN));
    }
}
