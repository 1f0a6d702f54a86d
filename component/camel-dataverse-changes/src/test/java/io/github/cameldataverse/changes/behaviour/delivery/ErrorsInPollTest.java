package io.github.cameldataverse.changes.behaviour.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.camel.Handler;
import org.apache.camel.builder.ExpressionBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.support.LoggingExceptionHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a reader outlives. */
@OverBothApis
class ErrorsInPollTest {

    private final ChangeTrackingApi api = OverBothApis.API;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");

    @Test
    @ProvesFault("L8")
    void anErrorInAPollIsToldAndTheNextPollFollows() throws Exception {
        create(3);
        AtomicBoolean ill = new AtomicBoolean(true);
        MemoryDeltaTokenRepository tokens = new MemoryDeltaTokenRepository() {
            @Override
            public Optional<StoredToken> load(SubscriptionId subscription) {
                if (ill.get()) {
                    throw new StackOverflowError("of the test");
                }
                return super.load(subscription);
            }
        };
        try (ConsumerRoute reader = ConsumerRoute.of(simulator, api)
                .with("idempotentRepository", tokens)
                .start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.health().getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(reader.message()).contains("StackOverflowError");
            assertThat(reader.received()).isEmpty();
            long polls = reader.polls();
            await().until(() -> reader.polls() > polls + 2);
            ill.set(false);
            await().until(() -> reader.received().size() == 3);
            await().until(() -> reader.word() == Word.UP);
        }
    }

    @Test
    @ProvesFault("L8")
    void anErrorBehindAChangeLeavesTheCheckpointAndTheNextPollFollows() throws Exception {
        create(3);
        AtomicInteger left = new AtomicInteger(5);
        MemoryDeltaTokenRepository tokens = new MemoryDeltaTokenRepository() {
            @Override
            public void advance(
                    SubscriptionId subscription, long expected, Checkpoint next, Map<String, String> delivered) {
                if (expected > 0 && left.getAndDecrement() > 0) {
                    throw new NoClassDefFoundError("of the test");
                }
                super.advance(subscription, expected, next, delivered);
            }
        };
        try (ConsumerRoute reader = ConsumerRoute.of(simulator, api)
                .with("idempotentRepository", tokens)
                .start()) {
            await().until(() -> reader.word() == Word.UP && left.get() < 0);
            assertThat(reader.keys()).hasSize(3).doesNotHaveDuplicates();
        }
    }

    /** Where an Error happens in a route; Camel gives most of them back as the cause of an exception, or deeper. */
    enum Place {
        BEAN(route -> route.to("bean:ill")),
        CAUSE(route -> route.to("direct:cause")),
        MULTICAST(route -> route.multicast().stopOnException().to("direct:ill").end()),
        PARALLEL(route -> route.multicast()
                .parallelProcessing()
                .stopOnException()
                .to("direct:ill", "direct:ill")
                .end()),
        SPLIT(route -> route.split(ExpressionBuilder.constantExpression(List.of(1, 2)))
                .stopOnException()
                .to("direct:ill")
                .end()),
        RECIPIENT_LIST(route -> route.recipientList(ExpressionBuilder.constantExpression("direct:ill"))
                .stopOnException()
                .end());

        private final UnaryOperator<ProcessorDefinition<?>> steps;

        Place(UnaryOperator<ProcessorDefinition<?>> steps) {
            this.steps = steps;
        }
    }

    @ParameterizedTest
    @EnumSource
    @ProvesFault({"L8", "C12"})
    void anErrorInTheRouteIsNeverPassedOver(Place place) throws Exception {
        create(3);
        AtomicBoolean ill = new AtomicBoolean(true);
        ConsumerRoute reader = ConsumerRoute.of(simulator, api)
                .with("breakOnFirstError", false)
                .through(place.steps)
                .handlingErrors(builder -> {
                    builder.getContext().getRegistry().bind("ill", new Sink(ill));
                    builder.from("direct:ill")
                            .errorHandler(builder.noErrorHandler())
                            .to("bean:ill");
                    builder.from("direct:cause")
                            .errorHandler(builder.noErrorHandler())
                            .process(exchange -> {
                                if (ill.get()) {
                                    throw new IllegalStateException(new NoClassDefFoundError("of the test"));
                                }
                            });
                });
        try (reader) {
            reader.start();
            await().until(() -> reader.word() == Word.POISONED && reader.polls() > 2);
            assertThat(reader.message()).contains("NoClassDefFoundError");
            ill.set(false);
            await().until(() -> reader.received().size() == 3);
            await().until(() -> reader.word() == Word.UP);
        }
    }

    /** A bean of a user. */
    public static final class Sink {

        private final AtomicBoolean ill;

        private Sink(AtomicBoolean ill) {
            this.ill = ill;
        }

        @Handler
        public void take(String body) {
            if (ill.get()) {
                throw new NoClassDefFoundError("of the test");
            }
        }
    }

    @Test
    @ProvesFault("L8")
    void anExceptionHandlerThatFailsItselfStopsNothing() throws Exception {
        create(1);
        AtomicInteger asked = new AtomicInteger();
        AtomicBoolean refusing = new AtomicBoolean(true);
        ConsumerRoute reader = ConsumerRoute.of(simulator, api).with("exceptionHandler", throwing(asked));
        try (reader) {
            reader.doing(exchange -> {
                        if (refusing.get()) {
                            throw new IllegalStateException("poison");
                        }
                    })
                    .start();
            await().until(() -> asked.get() > 3);
            assertThat(reader.health().getState()).isEqualTo(HealthCheck.State.DOWN);
            refusing.set(false);
            await().until(() -> reader.received().size() == 1);
            await().until(() -> reader.word() == Word.UP);
        }
    }

    private static ExceptionHandler throwing(AtomicInteger asked) {
        return new LoggingExceptionHandler(null, ErrorsInPollTest.class) {
            @Override
            public void handleException(String message, org.apache.camel.Exchange exchange, Throwable exception) {
                asked.incrementAndGet();
                throw new IllegalStateException("the handler fails too");
            }
        };
    }

    private void create(int count) {
        IntStream.range(0, count).forEach(i -> accounts.create(Map.of("name", "Account " + i)));
    }
}
