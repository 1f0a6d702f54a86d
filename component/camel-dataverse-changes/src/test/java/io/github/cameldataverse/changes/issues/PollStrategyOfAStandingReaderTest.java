package io.github.cameldataverse.changes.issues;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.ConsumerAccess;
import io.github.cameldataverse.changes.api.NotAcceptedException;
import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.harness.CapturedLog;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.RequestKind;
import io.github.cameldataverse.changes.internal.delivery.NotCommittedException;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.faults.Throttled;
import io.github.cameldataverse.changes.testkit.switches.CallerRights;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.impl.engine.LimitedPollingConsumerPollStrategy;
import org.apache.camel.support.LoggingExceptionHandler;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.service.ServiceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The polls of a reader that waits for a person counted as successful ones, so that a strategy that suspends a reader after
 * some failures never did.
 */
@OverBothApis
class PollStrategyOfAStandingReaderTest {

    private final ChangeTrackingApi api = OverBothApis.API;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final Strategy strategy = new Strategy();

    /** Camel's own, which suspends after three failures in a row; notes them, and what was no failure. */
    private static final class Strategy extends LimitedPollingConsumerPollStrategy {

        private final List<Exception> failures = new CopyOnWriteArrayList<>();
        private final List<Integer> commits = new CopyOnWriteArrayList<>();

        @Override
        public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
            commits.add(polledMessages);
            super.commit(consumer, endpoint, polledMessages);
        }

        @Override
        public boolean rollback(Consumer consumer, Endpoint endpoint, int retryCounter, Exception cause)
                throws Exception {
            failures.add(cause);
            return super.rollback(consumer, endpoint, retryCounter, cause);
        }
    }

    /** It polls when the test says so, and does not ask again for ten minutes where a person has to mend something. */
    private ConsumerRoute reader() {
        simulator.table("account").create(Map.of("name", "Contoso"));
        return ConsumerRoute.of(simulator, api)
                .with("delay", 60_000)
                .with("initialDelay", 3_600_000)
                .with("pollStrategy", strategy);
    }

    private static ScheduledPollConsumer poll(ConsumerRoute reader, int times) {
        for (int time = 0; time < times; time++) {
            reader.consumer().run();
        }
        return reader.consumer();
    }

    @Test
    void aReaderThatWasSuspendedGoesOnWhenItIsResumed() throws Exception {
        AtomicBoolean down = new AtomicBoolean(true);
        try (ConsumerRoute reader = reader().doing(exchange -> {
                    if (down.get()) {
                        throw new IllegalStateException("the sink is down");
                    }
                })
                .start()) {
            assertThat(poll(reader, 3).isSuspended()).isTrue();
            down.set(false);
            ServiceHelper.resumeService(reader.consumer());
            assertThat(poll(reader, 1).isSuspended()).isFalse();
            assertThat(reader.received()).hasSize(1);
            assertThat(strategy.commits).containsExactly(1);
            assertThat(reader.word()).isEqualTo(Word.UP);
        }
    }

    @Test
    void theStrategyIsToldOfTheFaultAtEachPollAndTheServiceIsAskedOnce() throws Exception {
        simulator.switches().caller(CallerRights.USER_READ);
        try (ConsumerRoute reader = reader().start()) {
            assertThat(poll(reader, 1).isSuspended()).isFalse();
            int asked = simulator.requests().size();
            assertThat(poll(reader, 2).isSuspended()).isTrue();
            assertThat(strategy.failures).hasSize(3).allMatch(each -> each instanceof ServiceFault);
            assertThat(strategy.commits).isEmpty();
            assertThat(simulator.requests()).hasSize(asked);
            assertThat(reader.word()).isEqualTo(Word.FAULTED);
        }
    }

    @Test
    void aRouteThatRefusesAChangeSuspendsItsReaderToo() throws Exception {
        try (ConsumerRoute reader = reader().doing(exchange -> {
                    throw new IllegalStateException("the sink is down");
                })
                .start()) {
            assertThat(poll(reader, 2).isSuspended()).isFalse();
            assertThat(poll(reader, 1).isSuspended()).isTrue();
            assertThat(strategy.failures).hasSize(3).hasOnlyElementsOfType(NotAcceptedException.class);
            assertThat(strategy.commits).isEmpty();
            assertThat(reader.word()).isEqualTo(Word.POISONED);
        }
    }

    @Test
    void soDoesARouteThatDoesNotCommit() throws Exception {
        try (ConsumerRoute reader = reader().with("manualCommit", true).start()) {
            assertThat(poll(reader, 3).isSuspended()).isTrue();
            assertThat(strategy.failures).hasSize(3).hasOnlyElementsOfType(NotCommittedException.class);
        }
    }

    @Test
    void aReaderThatWaitsAsTheServiceAsksHasNotFailed() throws Exception {
        simulator.faults().whereRequest(RequestKind::forRows).next(new Throttled(60));
        try (ConsumerRoute reader = reader().start()) {
            assertThat(poll(reader, 5).isSuspended()).isFalse();
            assertThat(strategy.failures).isEmpty();
            assertThat(reader.word()).isEqualTo(Word.THROTTLED);
            assertThat(reader.consumer().getErrorCounter()).isZero();
        }
    }

    @Test
    void theLogSaysOnceWhatThePollsFailOn() throws Exception {
        simulator.switches().caller(CallerRights.USER_READ);
        strategy.setLimit(100);
        try (CapturedLog log = new CapturedLog(ConsumerAccess.LOGGER);
                ConsumerRoute reader = reader().start()) {
            assertThat(poll(reader, 5).getErrorCounter()).isEqualTo(5);
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("organization level"))
                    .extracting(line -> line.substring(0, 5))
                    .containsExactly("DEBUG", "WARN ");
        }
    }

    @Test
    void theLogSaysOnceWhatTheRouteRefuses() throws Exception {
        strategy.setLimit(100);
        try (CapturedLog log = new CapturedLog(ConsumerAccess.LOGGER);
                ConsumerRoute reader = reader().doing(exchange -> {
                            throw new IllegalStateException("the sink is down");
                        })
                        .start()) {
            assertThat(poll(reader, 5).getErrorCounter()).isEqualTo(5);
            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("WARN") && line.contains("did not accept"))
                    .hasSize(1);
            assertThat(log.lines()).noneMatch(line -> line.contains("Failed polling"));
        }
    }

    @Test
    void theBridgeToTheErrorHandlerIsToldOncePerLatch() throws Exception {
        simulator.switches().caller(CallerRights.USER_READ);
        strategy.setLimit(100);
        List<Throwable> caught = new CopyOnWriteArrayList<>();
        try (ConsumerRoute reader = bridged(caught).start()) {
            assertThat(poll(reader, 5).getErrorCounter()).isEqualTo(5);
            assertThat(caught).hasSize(1).allMatch(each -> each instanceof ServiceFault);
        }
    }

    @Test
    void theBridgeIsNotToldOfWhatTheErrorHandlerHasSeen() throws Exception {
        strategy.setLimit(100);
        List<Throwable> caught = new CopyOnWriteArrayList<>();
        try (ConsumerRoute reader = bridged(caught)
                .doing(exchange -> {
                    throw new IllegalStateException("the sink is down");
                })
                .start()) {
            assertThat(poll(reader, 3).getErrorCounter()).isEqualTo(3);
            assertThat(caught).hasSize(3).hasOnlyElementsOfType(IllegalStateException.class);
        }
    }

    private ConsumerRoute bridged(List<Throwable> caught) {
        return reader().with("bridgeErrorHandler", true).handlingErrors(builder -> builder.onException(Exception.class)
                .process(exchange -> caught.add(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class))));
    }

    @Test
    void anExceptionHandlerOfTheUserIsToldOncePerLatch() throws Exception {
        simulator.switches().caller(CallerRights.USER_READ);
        strategy.setLimit(100);
        List<Throwable> told = new CopyOnWriteArrayList<>();
        try (ConsumerRoute reader = reader()) {
            reader.with("exceptionHandler", new LoggingExceptionHandler(reader.context(), getClass()) {
                        @Override
                        public void handleException(String message, Exchange exchange, Throwable exception) {
                            told.add(exception);
                        }
                    })
                    .start();
            assertThat(poll(reader, 5).getErrorCounter()).isEqualTo(5);
            assertThat(told).hasSize(1);
        }
    }
}
