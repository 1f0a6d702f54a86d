package io.github.cameldataverse.changes.internal.http.budget;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A short wait that ends at once when the reader has to stop. Thread-safe. */
public final class StopSignal {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean stopping;
    private boolean woken;

    /** Waits; returns false as soon as there is no point in going on. */
    public boolean last(Duration time) {
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

    /** Waits until the reader is woken, which may have been before; returns false if there is no point in going on. */
    boolean untilWoken(Duration atMost) {
        lock.lock();
        try {
            long nanos = atMost.toNanos();
            while (!stopping && !woken && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            woken = false;
            return !stopping;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the wait of {@link #untilWoken}, or the next one. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
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
