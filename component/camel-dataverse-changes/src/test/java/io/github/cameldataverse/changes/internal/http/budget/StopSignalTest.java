package io.github.cameldataverse.changes.internal.http.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StopSignalTest {

    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final StopSignal pause = new StopSignal();

    @Test
    void itLastsAsLongAsItIsToldTo() {
        long before = System.nanoTime();

        assertThat(pause.last(Duration.ofMillis(30))).isTrue();
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(30_000_000);
    }

    @Test
    void aStopEndsItAtOnce() throws Exception {
        AtomicReference<Thread> waiter = new AtomicReference<>();
        CompletableFuture<Boolean> wait = waiting(waiter);
        untilItWaits(waiter);

        pause.stop();

        assertThat(wait.get(5, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void aStoppedPauseDoesNotBegin() {
        pause.stop();

        assertThat(pause.last(FOR_EVER)).isFalse();
        assertThat(pause.isStopping()).isTrue();
    }

    @Test
    void aResetAllowsWaitingAgain() {
        pause.stop();
        pause.reset();

        assertThat(pause.isStopping()).isFalse();
        assertThat(pause.last(Duration.ofMillis(1))).isTrue();
    }

    @Test
    void aResetIsNoStop() throws Exception {
        AtomicReference<Thread> waiter = new AtomicReference<>();
        CompletableFuture<Boolean> wait = waiting(waiter);
        untilItWaits(waiter);

        pause.reset();
        untilItWaits(waiter);

        assertThat(wait).isNotDone();
        pause.stop();
        assertThat(wait.get(5, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void anInterruptEndsItAndIsPassedOn() throws Exception {
        AtomicReference<Thread> waiter = new AtomicReference<>();
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        CompletableFuture<Boolean> wait = CompletableFuture.supplyAsync(() -> {
            waiter.set(Thread.currentThread());
            boolean went = pause.last(FOR_EVER);
            interrupted.set(Thread.interrupted());
            return went;
        });
        untilItWaits(waiter);

        waiter.get().interrupt();

        assertThat(wait.get(5, TimeUnit.SECONDS)).isFalse();
        assertThat(interrupted.get()).isTrue();
    }

    @Test
    void whoIsWokenGoesOnAlsoIfThatWasBeforeTheWait() throws Exception {
        AtomicReference<Thread> waiter = new AtomicReference<>();
        CompletableFuture<Boolean> wait = CompletableFuture.supplyAsync(() -> {
            waiter.set(Thread.currentThread());
            return pause.untilWoken(FOR_EVER);
        });
        untilItWaits(waiter);

        pause.wake();
        assertThat(wait.get(5, TimeUnit.SECONDS)).isTrue();

        pause.wake();
        assertThat(pause.untilWoken(FOR_EVER)).isTrue();
        assertThat(pause.untilWoken(Duration.ofMillis(1))).isTrue();
    }

    @Test
    void aStopIsNoWaking() {
        pause.wake();
        pause.stop();

        assertThat(pause.untilWoken(FOR_EVER)).isFalse();
    }

    private CompletableFuture<Boolean> waiting(AtomicReference<Thread> waiter) {
        return CompletableFuture.supplyAsync(() -> {
            waiter.set(Thread.currentThread());
            return pause.last(FOR_EVER);
        });
    }

    private static void untilItWaits(AtomicReference<Thread> waiter) {
        await().until(() -> waiter.get() != null && waiter.get().getState() == Thread.State.TIMED_WAITING);
    }
}
