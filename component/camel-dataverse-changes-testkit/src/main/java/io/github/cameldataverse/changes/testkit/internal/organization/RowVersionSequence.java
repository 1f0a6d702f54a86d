package io.github.cameldataverse.changes.testkit.internal.organization;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The row versions of an organization: 64-bit, rising, shared by all tables, with gaps. They begin beyond 32 bits, so
 * that a client that reads them as an int is found out. Thread-safe.
 */
public final class RowVersionSequence {
    private static final long FIRST = 12_644_418_993L;

    private final SortedSet<Long> uncommitted = new TreeSet<>();
    private long last = FIRST;
    private long next = FIRST + 1;
    private long floor = FIRST;
    private boolean remade;

    /** The version given last: everything written so far is at or below it. */
    public synchronized long last() {
        return last;
    }

    /** Makes the next write get exactly this version. */
    public synchronized void next(long version) {
        if (version < 1) {
            throw new IllegalArgumentException("A row version is a positive number, not " + version);
        }
        next = version;
        last = Math.min(last, version - 1);
        floor = Math.min(floor, last);
    }

    /** As if the organization began right before this version: no token of another one that is lower belongs to it. */
    public synchronized void beginAt(long version) {
        next(version);
        last = version - 1;
        floor = last;
    }

    /** Whether this organization can have given a token that stands there, behind what it has read up to that version. */
    public synchronized boolean reaches(long version) {
        return version >= floor && version <= last;
    }

    /** The version that it began behind. */
    synchronized long floor() {
        return floor;
    }

    /** As if other tables had been written to until this version was given last. */
    public synchronized void advanceTo(long version) {
        next(version);
        take();
    }

    /** The version below everything that is uncommitted: whoever has read up to it will miss nothing. */
    public synchronized long watermark() {
        return uncommitted.isEmpty() ? last : uncommitted.first() - 1;
    }

    synchronized long take() {
        last = next;
        next = last + 1 + last % 3;
        return last;
    }

    /** Takes a version whose row will be there later. */
    synchronized long takeUncommitted() {
        uncommitted.add(take());
        return last;
    }

    synchronized void committed(long version) {
        if (!uncommitted.remove(version)) {
            throw new IllegalStateException("The row with the version " + version + " was committed already");
        }
    }

    /** Makes sure that nothing up to here is given again. The first call says where the organization began. */
    synchronized void atLeast(long version) {
        floor = remade ? Math.min(floor, version - 1) : version - 1;
        remade = true;
        if (last < version) {
            advanceTo(version);
        }
    }
}
