package io.github.cameldataverse.changes.testkit;

import io.github.cameldataverse.changes.testkit.internal.organization.RowVersionSequence;

/**
 * The row versions of an organization: 64-bit numbers, ascending, with gaps, shared by all tables. Delta tokens are made of
 * them. A test seldom needs more than {@link #last}. Thread-safe.
 */
public final class RowVersions {
    private final RowVersionSequence sequence;

    RowVersions(RowVersionSequence sequence) {
        this.sequence = sequence;
    }

    /** The version taken last: everything written so far has this or a lower one. */
    public long last() {
        return sequence.last();
    }

    /** The next write takes exactly this version. */
    public void next(long version) {
        sequence.next(version);
    }

    /** As if other tables had been written to until this version was taken last. */
    public void advanceTo(long version) {
        sequence.advanceTo(version);
    }

    /** As if the organization began right before this version: lower tokens, of another organization, are refused. */
    public void beginAt(long version) {
        sequence.beginAt(version);
    }

    /** Whether the organization can have issued a token for this version. */
    public boolean reaches(long version) {
        return sequence.reaches(version);
    }

    /** The version below all uncommitted rows: a client that has read up to it misses nothing. */
    public long watermark() {
        return sequence.watermark();
    }
}
