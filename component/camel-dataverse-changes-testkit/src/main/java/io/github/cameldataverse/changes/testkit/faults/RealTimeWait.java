package io.github.cameldataverse.changes.testkit.faults;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets a request wait in real time, since it is real clients that are to lose their patience. */
final class RealTimeWait {
    private RealTimeWait() {}

    static void of(Duration duration) {
        try {
            boolean never = new CountDownLatch(1).await(duration.toNanos(), TimeUnit.NANOSECONDS);
            assert !never : "nobody counts down";
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
