package io.github.cameldataverse.changes.testkit.feed;

import io.github.cameldataverse.changes.testkit.model.Row;
import io.github.cameldataverse.changes.testkit.model.TableDefinition;
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

    /** The cookie that leads to the next page, if there is one. */
    Optional<SkipToken> cookie(TableDefinition table) {
        return next.map(position -> new SkipToken(position, table.primaryIdColumn(), firstId(), lastId()));
    }

    private String firstId() {
        return rows.isEmpty() ? tombstones.get(0).id() : rows.get(0).id();
    }

    private String lastId() {
        return tombstones.isEmpty()
                ? rows.get(rows.size() - 1).id()
                : tombstones.get(tombstones.size() - 1).id();
    }

    Page withoutNext() {
        return new Page(rows, tombstones, begin, Optional.empty());
    }
}
