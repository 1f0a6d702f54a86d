package io.github.cameldataverse.changes.testkit.internal.tracking;

import io.github.cameldataverse.changes.testkit.internal.organization.RowLayout;
import io.github.cameldataverse.changes.testkit.internal.organization.StoredRow;
import io.github.cameldataverse.changes.testkit.internal.organization.Tombstone;
import java.util.List;
import java.util.Optional;

/**
 * A page of tracked changes, independent of the format of the response.
 *
 * @param layout of the rows
 * @param rows by ascending version
 * @param tombstones after them, by ascending version
 * @param unchanged whether it is the only page of a delta without changes
 * @param dataToken token for the next delta; only on the last page of a tracked table
 * @param pagingCookie cookie of the next page, if there is one
 */
public record TrackedPage(
        RowLayout layout,
        List<StoredRow> rows,
        List<Tombstone> tombstones,
        boolean unchanged,
        Optional<String> dataToken,
        Optional<String> pagingCookie) {
    public TrackedPage {
        rows = List.copyOf(rows);
        tombstones = List.copyOf(tombstones);
    }

    /** The version of a deletion, in the format of a data token. */
    public static String stamp(Tombstone tombstone) {
        return new DeltaToken(tombstone.version(), tombstone.deletedAt()).text();
    }
}
