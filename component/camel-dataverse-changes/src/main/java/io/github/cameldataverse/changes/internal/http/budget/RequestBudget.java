package io.github.cameldataverse.changes.internal.http.budget;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.http.answer.FaultReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests that one application may have under way at one organization: the service limits the application, not the
 * table (learn.microsoft.com, "Service protection API limits"). A request waits for its turn. A reader has one request
 * at a time and the queue is first come, first served, so no table asks twice while another waits to ask once. A refusal
 * holds all of them back. Thread-safe.
 *
 * <pre>
 *   reader ──▶ queue ──▶ turn: request and answer ──▶ good: a little wider
 *                ▲         │                          nothing remains: all wait a second
 *                └─────────┴─ refused: all wait as told, then one asks, then more
 * </pre>
 */
public final class RequestBudget {

    private static final Logger LOG = LoggerFactory.getLogger(RequestBudget.class);

    /** A wait that is longer than this is told. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration UNTIL_WOKEN = Duration.ofDays(1);
    private static final int MOST = 1000;

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<QueuedRequest> queue = new ArrayDeque<>();
    private final AdaptiveConcurrency concurrency;
    private int underWay;

    /**
     * @param most requests under way at once
     * @throws IllegalArgumentException if that is no number between 1 and 1000
     */
    public RequestBudget(int most, Clock clock) {
        if (most < 1 || most > MOST) {
            throw new IllegalArgumentException(
                    "The option maxConcurrentRequests of the component must lie between 1 and " + MOST + ", and " + most
                            + " does not");
        }
        this.concurrency = new AdaptiveConcurrency(most);
        this.clock = clock;
    }

    /** One request. */
    @FunctionalInterface
    public interface Call {
        Answer send() throws ServiceFault;
    }

    /** A wait that is long enough to tell of: since when, and in a sentence for what. */
    public record Wait(Instant since, String sentence) {}

    /**
     * Sends a request when it is its turn.
     *
     * @param pause of the reader; a stop ends the wait
     * @param faults tells what is wrong with the answer
     * @throws ServiceFault.Throttled if the service refused the request, or asked all readers to wait for more than 10 s
     */
    public Answer answer(StopSignal pause, Call call, FaultReader faults) throws ServiceFault {
        enter(pause);
        try {
            Answer answer = call.send();
            locked(() -> concurrency.answered(answer));
            faults.check(answer);
            locked(() -> concurrency.accepted(clock.instant()));
            return answer;
        } catch (ServiceFault.Throttled fault) {
            locked(() -> holdBack(fault.until()));
            throw fault;
        } finally {
            locked(this::leave);
        }
    }

    /** Whether this reader waits for a turn for more than 10 s, and for what. */
    public Optional<Wait> longWait(StopSignal pause) {
        return seen(() -> queue.stream()
                .filter(place -> place.isOf(pause))
                .map(QueuedRequest::since)
                .filter(since -> Duration.between(since, clock.instant()).compareTo(PATIENCE) > 0)
                .map(since -> new Wait(since, "Waits for its turn: " + state()))
                .findFirst());
    }

    /** How many requests wait for a turn. */
    int waiting() {
        return seen(queue::size);
    }

    @Override
    public String toString() {
        return seen(this::state);
    }

    private void enter(StopSignal pause) throws ServiceFault {
        QueuedRequest place = new QueuedRequest(pause, clock.instant());
        locked(() -> join(place));
        boolean entered = false;
        try {
            while (!place.isCalled()) {
                if (!pause.untilWoken(timeToWait())) {
                    throw new ServiceFault.Transient("The reader is stopping", 0, null);
                }
                locked(this::callNext);
            }
            entered = true;
        } finally {
            if (!entered) {
                locked(() -> giveUp(place));
            }
        }
    }

    private void join(QueuedRequest place) {
        queue.addLast(place);
        callNext();
        if (!place.isCalled()) {
            LOG.debug("A request waits for its turn: {}", state());
        }
    }

    private void callNext() {
        while (!queue.isEmpty() && underWay < concurrency.allows(clock.instant())) {
            underWay++;
            queue.removeFirst().call();
        }
    }

    /** The readers that still wait may have to learn how long. */
    private void leave() {
        underWay--;
        callNext();
        if (concurrency.allows(clock.instant()) == 0) {
            queue.forEach(QueuedRequest::wake);
        }
    }

    private void giveUp(QueuedRequest place) {
        if (!queue.remove(place)) {
            // It was called in the same moment.
            leave();
        }
    }

    private void holdBack(Instant until) {
        concurrency.refused(clock.instant(), until);
        LOG.debug("All readers are held back: {}", state());
    }

    private Duration timeToWait() throws ServiceFault.Throttled {
        AdaptiveConcurrency.Hold hold = seen(concurrency::hold);
        Duration left = hold.left(clock.instant());
        if (left.compareTo(PATIENCE) > 0) {
            throw new ServiceFault.Throttled(
                    "The service has asked another reader of this application to wait until " + hold.until()
                            + ", and its limits hold for all of them",
                    0,
                    hold.until());
        }
        return left.isZero() ? UNTIL_WOKEN : left;
    }

    private void locked(Runnable step) {
        seen(() -> {
            step.run();
            return true;
        });
    }

    private <T> T seen(Supplier<T> look) {
        lock.lock();
        try {
            return look.get();
        } finally {
            lock.unlock();
        }
    }

    private String state() {
        Instant now = clock.instant();
        String told = concurrency.hold().isOver(now)
                ? ""
                : ", and nothing is asked before " + concurrency.hold().until();
        return underWay + " of " + concurrency.allows(now)
                + " requests that this application may make at once are under way, " + queue.size() + " wait" + told;
    }

    /** The place of one reader in the queue for a turn. Called by any thread, once; looked at by the reader's. */
    private static final class QueuedRequest {

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

        /** Makes the reader look again at how things are. */
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
}
