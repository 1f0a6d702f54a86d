package io.github.cameldataverse.changes.internal.delivery;

import io.github.cameldataverse.changes.api.ManualCommit;
import org.jspecify.annotations.Nullable;

/** The handle that one exchange carries, good until the route has answered. Safe for several threads. */
public final class ExchangeCommit implements ManualCommit {

    private final String name;
    private final Action action;
    private boolean called;
    private boolean over;
    private @Nullable RuntimeException failure;

    /** @param name what the exchange carries, for a sentence */
    public ExchangeCommit(String name, Action action) {
        this.name = name;
        this.action = action;
    }

    /** What a commit does. */
    public interface Action {

        /** @param again whether it was begun before; that may have been rolled back since */
        void run(boolean again);
    }

    @Override
    public synchronized void commit() {
        if (over) {
            throw new IllegalStateException(
                    "The exchange of " + name + " is over, so it can no longer be committed. Call"
                            + " commit() before the route answers; behind a queue, an aggregation or a wire tap it comes too late");
        }
        boolean again = called;
        called = true;
        try {
            action.run(again);
            failure = null;
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    /** The route has answered. Waits for a commit that is under way. */
    public synchronized void end() {
        over = true;
    }

    /** Whether the last call got through; its transaction may have been rolled back all the same. */
    public synchronized boolean isCommitted() {
        return called && failure == null;
    }

    /** What the last call failed with; null if it got through, or if there was none. */
    public synchronized @Nullable RuntimeException failure() {
        return failure;
    }
}
