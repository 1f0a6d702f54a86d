package io.github.cameldataverse.changes.testkit.internal.tracking;

import io.github.cameldataverse.changes.testkit.internal.organization.RowLayout;
import io.github.cameldataverse.changes.testkit.internal.organization.StoredRow;
import io.github.cameldataverse.changes.testkit.internal.organization.Tombstone;
import java.util.List;
import java.util.Optional;

/**
 * A page of tracked changes, whichever way it is written out.
 *
 * @param layout of the rows
 * @param rows by rising version
 * @param tombstones after them, by rising version
 * @param unchanged whether it is the only page of a delta that brings nothing
 * @param dataToken where the next delta begins; on the last page only, of a tracked table
 * @param pagingCookie leads to the next page, if there is one
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

    /** The version of a deletion, in the form of a data token. */
    public static String stamp(Tombstone tombstone) {
        return new DeltaToken(tombstone.version(), tombstone.deletedAt()).text();
    }
}
