package io.github.cameldataverse.changes.internal.http.budget;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.http.answer.FaultReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RequestBudgetTest {

    private static final FaultReader GOOD = answer -> {};
    private static final Answer ANSWER = RemainingQuotaTest.answer(Map.of());
    private static final Answer NOTHING_LEFT =
            RemainingQuotaTest.answer(Map.of("x-ms-ratelimit-burst-remaining-xrm-requests", "0"));

    private final ExecutorService readers = Executors.newCachedThreadPool();
    private final MovedClock clock = new MovedClock();
    private final RequestBudget budget = new RequestBudget(2, clock);
    private final List<String> begun = new CopyOnWriteArrayList<>();
    private final Semaphore finish = new Semaphore(0);
    private final Semaphore refuse = new Semaphore(0);

    /** Runs with the real time, moved on by as much as a test says. */
    private static final class MovedClock extends Clock {

        private volatile Duration by = Duration.ZERO;

        @Override
        public Instant instant() {
            return Clock.systemUTC().instant().plus(by);
        }

        @Override
        public java.time.ZoneId getZone() {
            return java.time.ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }

    @AfterEach
    void letAllGo() {
        finish.release(1000);
        refuse.release(1000);
        readers.shutdownNow();
    }

    @Test
    void noMoreRequestsAreUnderWayThanAllowed() throws Exception {
        List<CompletableFuture<Answer>> requests = requests(6);
        untilBegun(2);

        assertThat(begun).hasSize(2);
        finish.release();
        untilBegun(3);
        finish.release(5);

        for (CompletableFuture<Answer> request : requests) {
            assertThat(request.get(5, SECONDS)).isSameAs(ANSWER);
        }
    }

    @Test
    void whoComesFirstIsCalledFirst() throws Exception {
        List<CompletableFuture<Answer>> requests = new ArrayList<>();
        for (int number = 0; number < 12; number++) {
            requests.add(request("r" + number, new StopSignal()));
            untilBegun(Math.min(number + 1, 2));
            untilWaiting(Math.max(0, number - 1));
        }

        for (int turn = 2; turn < 12; turn++) {
            finish.release();
            untilBegun(turn + 1);
        }

        finish.release(2);
        all(requests);
        assertThat(begun.subList(2, 12)).containsExactly("r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11");
    }

    @Test
    void aRefusalHoldsAllReadersBackAndThenOneAsksFirst() throws Exception {
        refuse(Duration.ofSeconds(9));
        List<CompletableFuture<Answer>> requests = requests(5);
        untilWaiting(5);
        assertThat(begun).isEmpty();

        clock.by = Duration.ofSeconds(9);
        requests.addAll(requests(1));
        untilBegun(1);
        untilWaiting(5);
        assertThat(begun).hasSize(1);

        finish.release(6);
        all(requests);
    }

    @Test
    void thoseWhoWaitLearnOfARefusalThatComesLater() throws Exception {
        CompletableFuture<Answer> refused = refusing(Duration.ofSeconds(9));
        CompletableFuture<Answer> other = request("other", new StopSignal());
        untilBegun(2);
        List<CompletableFuture<Answer>> requests = requests(3);
        untilWaiting(3);

        refuse.release();
        assertThatThrownBy(() -> refused.get(5, SECONDS)).hasCauseInstanceOf(ServiceFault.Throttled.class);
        finish.release(5);
        other.get(5, SECONDS);
        assertThat(begun).hasSize(2);

        clock.by = Duration.ofSeconds(9);
        requests.addAll(requests(1));
        all(requests);
    }

    @Test
    void withNothingLeftTheReadersWaitAMomentAndGoOn() throws Exception {
        List<CompletableFuture<Answer>> requests = new ArrayList<>();
        for (int number = 0; number < 3; number++) {
            requests.add(supply(() -> budget.answer(new StopSignal(), () -> NOTHING_LEFT, GOOD)));
        }

        all(requests);
    }

    @Test
    void beforeALongWaitAReaderIsToldInsteadOfKept() throws Exception {
        Instant until = refuse(Duration.ofMinutes(5));

        assertThatThrownBy(() -> budget.answer(new StopSignal(), () -> ANSWER, GOOD))
                .isInstanceOfSatisfying(ServiceFault.Throttled.class, fault -> {
                    assertThat(fault.until()).isEqualTo(until);
                    assertThat(fault.getHttpResponseCode()).isZero();
                    assertThat(fault).hasMessageContaining("another reader of this application to wait until " + until);
                });
        clock.by = Duration.ofMinutes(5);
        assertThat(budget.answer(new StopSignal(), () -> ANSWER, GOOD)).isSameAs(ANSWER);
    }

    @Test
    void thoseWhoWaitAreToldOfALongWaitToo() throws Exception {
        CompletableFuture<Answer> refused = refusing(Duration.ofMinutes(5));
        request("other", new StopSignal());
        untilBegun(2);
        CompletableFuture<Answer> waiting = request("waiting", new StopSignal());
        untilWaiting(1);

        refuse.release();

        assertThatThrownBy(() -> refused.get(5, SECONDS)).hasCauseInstanceOf(ServiceFault.Throttled.class);
        assertThatThrownBy(() -> waiting.get(5, SECONDS)).hasCauseInstanceOf(ServiceFault.Throttled.class);
        assertThat(begun).doesNotContain("waiting");
    }

    @Test
    void aStopEndsTheWaitAndTakesNoTurnFromTheOthers() throws Exception {
        List<CompletableFuture<Answer>> first = requests(2);
        untilBegun(2);
        StopSignal pause = new StopSignal();
        CompletableFuture<Answer> stopped = request("stopped", pause);
        untilWaiting(1);
        CompletableFuture<Answer> next = request("next", new StopSignal());
        untilWaiting(2);

        pause.stop();

        assertThatThrownBy(() -> stopped.get(5, SECONDS))
                .hasCauseInstanceOf(ServiceFault.Transient.class)
                .hasMessageContaining("stopping");
        finish.release(3);
        all(first);
        next.get(5, SECONDS);
        assertThat(begun).contains("next").doesNotContain("stopped");
    }

    @Test
    void aFailedRequestGivesItsTurnBack() throws Exception {
        for (int request = 0; request < 5; request++) {
            assertThatThrownBy(() -> budget.answer(
                            new StopSignal(),
                            () -> {
                                throw new ServiceFault.Transient("away", 0, null);
                            },
                            GOOD))
                    .hasMessage("away");
        }
        assertThat(budget.answer(new StopSignal(), () -> ANSWER, GOOD)).isSameAs(ANSWER);
    }

    @Test
    void stopsAndTurnsThatMeetLoseNoTurn() throws Exception {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        for (int round = 0; round < 300; round++) {
            List<StopSignal> pauses = new ArrayList<>();
            List<CompletableFuture<Answer>> requests = new ArrayList<>();
            for (int number = 0; number < 6; number++) {
                StopSignal pause = new StopSignal();
                pauses.add(pause);
                requests.add(supply(() -> budget.answer(
                        pause,
                        () -> {
                            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                            Thread.yield();
                            underWay.decrementAndGet();
                            return ANSWER;
                        },
                        GOOD)));
            }
            pauses.forEach(StopSignal::stop);
            requests.forEach(request ->
                    assertThat(request.handle((answer, failure) -> true)).succeedsWithin(Duration.ofSeconds(5)));
        }

        assertThat(most.get()).isBetween(1, 2);
        requests(3);
        untilBegun(2);
        assertThat(begun).hasSize(2);
    }

    @Test
    void aLongWaitForATurnIsTold() {
        requests(2);
        untilBegun(2);
        StopSignal pause = new StopSignal();
        request("waiting", pause);
        untilWaiting(1);
        assertThat(budget.longWait(pause)).isEmpty();

        clock.by = Duration.ofSeconds(11);

        assertThat(budget.longWait(pause)).hasValueSatisfying(wait -> assertThat(wait.sentence())
                .isEqualTo("Waits for its turn: 2 of 2 requests that this application may make at once are under way,"
                        + " 1 wait"));
        assertThat(budget.longWait(new StopSignal())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1001})
    void aNumberOfRequestsOutOfRangeIsRefused(int most) {
        assertThatThrownBy(() -> new RequestBudget(most, clock))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The option maxConcurrentRequests of the component must lie between 1 and 1000, and " + most
                        + " does not");
    }

    private interface Asking {
        Answer ask() throws ServiceFault;
    }

    private CompletableFuture<Answer> supply(Asking asking) {
        CompletableFuture<Answer> future = new CompletableFuture<>();
        readers.execute(() -> {
            try {
                future.complete(asking.ask());
            } catch (ServiceFault e) {
                future.completeExceptionally(e);
            }
        });
        return future;
    }

    private List<CompletableFuture<Answer>> requests(int number) {
        List<CompletableFuture<Answer>> requests = new ArrayList<>();
        for (int request = 0; request < number; request++) {
            requests.add(request("request", new StopSignal()));
        }
        return requests;
    }

    private CompletableFuture<Answer> request(String name, StopSignal pause) {
        return supply(() -> budget.answer(pause, () -> finished(name, finish), GOOD));
    }

    private CompletableFuture<Answer> refusing(Duration wait) {
        return supply(() -> budget.answer(new StopSignal(), () -> finished("refused", refuse), answer -> {
            throw new ServiceFault.Throttled("wait", 429, clock.instant().plus(wait));
        }));
    }

    private Answer finished(String name, Semaphore end) {
        begun.add(name);
        end.acquireUninterruptibly();
        return ANSWER;
    }

    /** A request is refused, and all have to wait for so long. */
    private Instant refuse(Duration wait) {
        Instant until = clock.instant().plus(wait);
        assertThatThrownBy(() -> budget.answer(new StopSignal(), () -> ANSWER, answer -> {
                    throw new ServiceFault.Throttled("wait", 429, until);
                }))
                .hasMessage("wait");
        return until;
    }

    private void untilBegun(int number) {
        await().until(() -> begun.size() >= number);
    }

    private void untilWaiting(int number) {
        await().until(() -> budget.waiting() == number);
    }

    private static void all(List<CompletableFuture<Answer>> requests) throws InterruptedException, ExecutionException {
        for (CompletableFuture<Answer> request : requests) {
            assertThat(request).succeedsWithin(Duration.ofSeconds(10));
        }
    }
}
