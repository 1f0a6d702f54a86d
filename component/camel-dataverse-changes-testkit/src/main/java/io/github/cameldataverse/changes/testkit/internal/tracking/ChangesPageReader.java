package io.github.cameldataverse.changes.testkit.internal.tracking;

import io.github.cameldataverse.changes.testkit.internal.organization.StoredRow;
import io.github.cameldataverse.changes.testkit.internal.organization.StoredTable;
import io.github.cameldataverse.changes.testkit.internal.organization.Tombstone;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a page from a table while no write takes place.
 *
 * <p>Rows are ordered by their current version. A row that is changed while a client reads a round page by page gets a
 * version above the watermark: it leaves this round if it was not sent yet, and is in the next one in any case. So a change
 * is in the round, in the next delta, or in both.
 */
public record ChangesPageReader(StoredTable table, Switches switches) {
    public ChangesPage read(PagePosition at, int size) {
        List<StoredRow> rows = new ArrayList<>();
        if (at.stage() == PagePosition.Stage.ROWS) {
            takeUpTo(size + 1, table.rows(at.last(), at.upTo()).values(), rows);
        }
        return rows.size() > size ? cut(at, rows, size) : withTombstones(at, rows, size - rows.size());
    }

    /** The number of changes in the whole round. */
    public long count(PagePosition start) {
        return table.rows(start.from(), start.upTo()).size()
                + table.tombstones(start.from(), start.upTo()).values().stream()
                        .filter(this::isListed)
                        .count();
    }

    private ChangesPage cut(PagePosition at, List<StoredRow> rows, int size) {
        List<StoredRow> kept = rows.subList(0, size);
        long last = kept.get(size - 1).version();
        return page(at, kept, List.of(), Optional.of(at.after(PagePosition.Stage.ROWS, last)));
    }

    private ChangesPage withTombstones(PagePosition at, List<StoredRow> rows, int size) {
        if (at.kind() != PagePosition.Kind.DELTA) {
            return page(at, rows, List.of(), Optional.empty());
        }
        long after = at.stage() == PagePosition.Stage.ROWS ? at.from() : at.last();
        List<Tombstone> found = tombstones(after, at.upTo(), size + 1);
        List<Tombstone> kept = found.subList(0, Math.min(size, found.size()));
        long last = kept.isEmpty() ? after : kept.get(kept.size() - 1).version();
        boolean more = found.size() > size;
        return page(
                at,
                rows,
                kept,
                Optional.of(at.after(PagePosition.Stage.TOMBSTONES, last)).filter(next -> more));
    }

    private ChangesPage page(
            PagePosition at, List<StoredRow> rows, List<Tombstone> tombstones, Optional<PagePosition> next) {
        List<StoredRow> all = new ArrayList<>();
        if (switches.get(Switch.REPEATED_ROW) && at.page() > 1 && at.stage() == PagePosition.Stage.ROWS) {
            all.addAll(table.rows(at.last() - 1, at.last()).values());
        }
        all.addAll(rows);
        return new ChangesPage(all, List.copyOf(tombstones), at, next);
    }

    private List<Tombstone> tombstones(long after, long upTo, int most) {
        return table.tombstones(after, upTo).values().stream()
                .filter(this::isListed)
                .limit(most)
                .toList();
    }

    private boolean isListed(Tombstone tombstone) {
        return !tombstone.revoked() || switches.get(Switch.TOMBSTONE_AFTER_RETURN);
    }

    private static void takeUpTo(int most, Iterable<StoredRow> from, List<StoredRow> to) {
        for (StoredRow row : from) {
            if (to.size() == most) {
                return;
            }
            to.add(row);
        }
    }
}
