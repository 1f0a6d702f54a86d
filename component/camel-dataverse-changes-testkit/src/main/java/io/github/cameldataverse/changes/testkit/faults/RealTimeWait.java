package io.github.cameldataverse.changes.testkit.faults;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps a request waiting in real time, not by the clock of the simulator: the timeouts of clients are real. */
final class RealTimeWait {
    private RealTimeWait() {}

    static void of(Duration duration) {
        try {
            boolean never = new CountDownLatch(1).await(duration.toNanos(), TimeUnit.NANOSECONDS);
            assert !never : "the latch is never counted down";
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
