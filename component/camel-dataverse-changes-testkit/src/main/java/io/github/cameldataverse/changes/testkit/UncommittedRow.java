package io.github.cameldataverse.changes.testkit;

import java.util.function.Supplier;

/**
 * A row that is being created in a long transaction: it already has its row version, but no request returns it yet. Rows
 * that are committed in the meantime get higher versions. The platform keeps its watermark below uncommitted rows, and so
 * does the simulator: otherwise a client that reads in between would never get the row.
 */
public final class UncommittedRow {
    private final Supplier<String> commit;

    UncommittedRow(Supplier<String> commit) {
        this.commit = commit;
    }

    /** Commits the row and returns its id. May be called once. */
    public String commit() {
        return commit.get();
    }
}
