package io.github.cameldataverse.changes.testkit.internal.organization;

import java.time.Instant;

/**
 * The record of a deleted row.
 *
 * @param row the row as it was when it was deleted
 * @param version the row version of the deletion
 * @param deletedAt time of the deletion, by the clock of the simulator
 * @param revoked whether the row was restored or created again since
 */
public record Tombstone(StoredRow row, long version, Instant deletedAt, boolean revoked) {
    /** The id of the deleted row. */
    public String id() {
        return row.id();
    }

    Tombstone revoke() {
        return new Tombstone(row, version, deletedAt, true);
    }
}
