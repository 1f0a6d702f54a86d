package io.github.cameldataverse.changes.internal.delivery;

import io.github.cameldataverse.changes.api.ManualCommit;
import java.util.Optional;

/** The handle that one exchange carries, good until the route has answered. Safe for several threads. */
public final class ExchangeCommit implements ManualCommit {

    private final String name;
    private final Action action;
    private boolean called;
    private boolean committed;
    private boolean over;
    private Optional<RuntimeException> failure = Optional.empty();

    /** @param name what the exchange carries, for a sentence */
    public ExchangeCommit(String name, Action action) {
        this.name = name;
        this.action = action;
    }

    /** How often the commit was called before. */
    public enum Call {
        FIRST,
        /** It was begun before, and that may have been rolled back since. */
        AGAIN
    }

    /** What a commit does. */
    public interface Action {
        void run(Call call);
    }

    @Override
    public synchronized void commit() {
        if (over) {
            throw new IllegalStateException(
                    "The exchange of " + name + " is over, so it can no longer be committed. Call"
                            + " commit() before the route answers; behind a queue, an aggregation or a wire tap it comes too late");
        }
        Call call = called ? Call.AGAIN : Call.FIRST;
        called = true;
        committed = false;
        failure = Optional.empty();
        try {
            action.run(call);
            committed = true;
        } catch (RuntimeException e) {
            failure = Optional.of(e);
            throw e;
        }
    }

    /** The route has answered. Waits for a commit that is under way. */
    public synchronized void end() {
        over = true;
    }

    /** Whether the last call got through; its transaction may have been rolled back all the same. */
    public synchronized boolean isCommitted() {
        return committed;
    }

    /** The exception that the last call ended with, if it did. */
    public synchronized Optional<RuntimeException> failure() {
        return failure;
    }
}
