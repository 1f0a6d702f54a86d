package io.github.cameldataverse.changes.testkit.internal.organization;

import java.time.Instant;

/**
 * What is left of a deleted row.
 *
 * @param row as it was when it was deleted
 * @param version the row version of the deletion
 * @param deletedAt when, by the simulator's clock
 * @param revoked whether a row of that id has come back since
 */
public record Tombstone(StoredRow row, long version, Instant deletedAt, boolean revoked) {
    /** The id of the row that is gone. */
    public String id() {
        return row.id();
    }

    Tombstone revoke() {
        return new Tombstone(row, version, deletedAt, true);
    }
}
