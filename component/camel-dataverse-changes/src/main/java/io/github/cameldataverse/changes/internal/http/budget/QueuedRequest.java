package io.github.cameldataverse.changes.internal.http.budget;

import java.time.Instant;

/** The place of one reader in the queue for a turn. Called by any thread, once; looked at by the reader's. */
final class QueuedRequest {

    private final StopSignal pause;
    private final Instant since;
    private volatile boolean called;

    /** @param pause of the reader, which has one request at a time */
    QueuedRequest(StopSignal pause, Instant since) {
        this.pause = pause;
        this.since = since;
    }

    void call() {
        called = true;
        pause.wake();
    }

    boolean isCalled() {
        return called;
    }

    /** Has the reader look again at how things are. */
    void wake() {
        pause.wake();
    }

    boolean isOf(StopSignal reader) {
        return pause == reader;
    }

    Instant since() {
        return since;
    }
}
