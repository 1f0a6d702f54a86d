package io.github.cameldataverse.changes.testkit.feed;

import io.github.cameldataverse.changes.testkit.model.Row;
import io.github.cameldataverse.changes.testkit.model.Tombstone;
import java.util.List;
import java.util.Optional;

/**
 * What one answer holds.
 *
 * @param rows by rising version
 * @param tombstones after them, by rising version
 * @param begin where the page begins
 * @param next where the next page begins, if there is one
 */
record Page(List<Row> rows, List<Tombstone> tombstones, Position begin, Optional<Position> next) {
    boolean isEmpty() {
        return rows.isEmpty() && tombstones.isEmpty();
    }

    boolean isLast() {
        return next.isEmpty();
    }

    Page withoutNext() {
        return new Page(rows, tombstones, begin, Optional.empty());
    }
}
