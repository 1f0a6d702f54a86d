package io.github.cameldataverse.changes.testkit.internal.tracking;

import io.github.cameldataverse.changes.testkit.internal.organization.StoredRow;
import io.github.cameldataverse.changes.testkit.internal.organization.Tombstone;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.util.List;
import java.util.Optional;

/**
 * The changes of one response.
 *
 * @param rows by ascending version
 * @param tombstones after the rows, by ascending version
 * @param begin position of the page
 * @param next position of the next page, if there is one
 */
public record ChangesPage(
        List<StoredRow> rows, List<Tombstone> tombstones, PagePosition begin, Optional<PagePosition> next) {
    public boolean isEmpty() {
        return rows.isEmpty() && tombstones.isEmpty();
    }

    public boolean isLast() {
        return next.isEmpty();
    }

    /** The cookie of the next page, if there is one. */
    public Optional<SkipToken> cookie(TableSchema table) {
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

    public ChangesPage withoutNext() {
        return new ChangesPage(rows, tombstones, begin, Optional.empty());
    }
}
