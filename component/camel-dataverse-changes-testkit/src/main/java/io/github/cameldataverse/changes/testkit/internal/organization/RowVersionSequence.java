package io.github.cameldataverse.changes.testkit.internal.organization;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The row versions of an organization: 64-bit numbers, ascending, with gaps, shared by all tables. They begin beyond 32 bits,
 * so that a client that reads them as an int fails in tests. Thread-safe.
 */
public final class RowVersionSequence {
    private static final long FIRST = 12_644_418_993L;

    private final SortedSet<Long> uncommitted = new TreeSet<>();
    private long last = FIRST;
    private long next = FIRST + 1;
    private long floor = FIRST;
    private boolean replayed;

    /** The version taken last: everything written so far has this or a lower one. */
    public synchronized long last() {
        return last;
    }

    /** The next write takes exactly this version. */
    public synchronized void next(long version) {
        if (version < 1) {
            throw new IllegalArgumentException("A row version is a positive number, not " + version);
        }
        next = version;
        last = Math.min(last, version - 1);
        floor = Math.min(floor, last);
    }

    /** As if the organization began right before this version: lower tokens, of another organization, are refused. */
    public synchronized void beginAt(long version) {
        next(version);
        last = version - 1;
        floor = last;
    }

    /** Whether this organization can have issued a token for this version. */
    public synchronized boolean reaches(long version) {
        return version >= floor && version <= last;
    }

    /** The version before the first one of the organization. */
    synchronized long floor() {
        return floor;
    }

    /** As if other tables had been written to until this version was taken last. */
    public synchronized void advanceTo(long version) {
        next(version);
        take();
    }

    /** The version below all uncommitted rows: a client that has read up to it misses nothing. */
    public synchronized long watermark() {
        return uncommitted.isEmpty() ? last : uncommitted.first() - 1;
    }

    synchronized long take() {
        last = next;
        next = last + 1 + last % 3;
        return last;
    }

    /** Takes a version for a row that is committed later. */
    synchronized long takeUncommitted() {
        uncommitted.add(take());
        return last;
    }

    synchronized void committed(long version) {
        if (!uncommitted.remove(version)) {
            throw new IllegalStateException("The row with the version " + version + " was committed already");
        }
    }

    /** No version up to this one is taken again. The first call states where the organization began. */
    synchronized void atLeast(long version) {
        floor = replayed ? Math.min(floor, version - 1) : version - 1;
        replayed = true;
        if (last < version) {
            advanceTo(version);
        }
    }
}
