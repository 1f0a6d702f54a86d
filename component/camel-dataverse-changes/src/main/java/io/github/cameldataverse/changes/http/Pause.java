package io.github.cameldataverse.changes.http;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A short wait that ends at once when the reader has to stop. Thread-safe. */
public final class Pause {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean stopping;

    /** Waits; returns false as soon as there is no point in going on. */
    boolean last(Duration time) {
        lock.lock();
        try {
            long nanos = time.toNanos();
            while (!stopping && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            return !stopping;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Ends every wait, now and until {@link #reset()}. */
    public void stop() {
        set(true);
    }

    /** Allows waiting again. */
    public void reset() {
        set(false);
    }

    /** Whether the reader has to stop. */
    public boolean isStopping() {
        lock.lock();
        try {
            return stopping;
        } finally {
            lock.unlock();
        }
    }

    private void set(boolean value) {
        lock.lock();
        try {
            stopping = value;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
