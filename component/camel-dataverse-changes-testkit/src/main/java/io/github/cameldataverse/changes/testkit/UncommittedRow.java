package io.github.cameldataverse.changes.testkit;

import java.util.function.Supplier;

/**
 * A row that is being created in a long transaction: it has its row version already, but nobody sees it yet. Rows that
 * are written and committed meanwhile get higher versions. The platform keeps its watermark below what is uncommitted,
 * and so does the simulator: otherwise the row would be lost to everybody who asks in between.
 */
public final class UncommittedRow {
    private final Supplier<String> commit;

    UncommittedRow(Supplier<String> commit) {
        this.commit = commit;
    }

    /** Commits the row, and gives its id. May be called once. */
    public String commit() {
        return commit.get();
    }
}
