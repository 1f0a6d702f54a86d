package io.github.cameldataverse.changes.behaviour.delivery;

import static io.github.cameldataverse.changes.harness.SampleRows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.ProvesSentence;
import io.github.cameldataverse.changes.harness.SampleCheckpoints;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.switches.CallerRights;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.Checkpoint.Organization;
import io.github.cameldataverse.changes.token.Phase;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.TokenCodec;
import io.github.cameldataverse.changes.token.TokenConflictException;
import io.github.cameldataverse.changes.token.file.FileDeltaTokenRepository;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.engine.PooledExchangeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@OverBothApis
class ConsumerDeliveryTest {

    private final ChangeTrackingApi api = OverBothApis.API;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");
    private final MemoryDeltaTokenRepository tokens = new MemoryDeltaTokenRepository();

    private ConsumerRoute reader() {
        return ConsumerRoute.of(simulator, api).with("idempotentRepository", tokens);
    }

    @Test
    @ProvesFault("D1")
    void aChangeThatTheRouteDoesNotAcceptStopsThePageAndComesAgainWithoutTheOnesBeforeIt() throws Exception {
        List<String> ids = accountsIn(accounts, 5);
        AtomicBoolean broken = new AtomicBoolean(true);
        try (ConsumerRoute reader = reader().doing(exchange -> {
                    if (broken.get() && ids.get(2).equals(id(exchange))) {
                        throw new IllegalStateException("poison");
                    }
                })
                .start()) {
            await().until(() -> reader.word() == Word.POISONED);
            assertThat(reader.health().getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(reader.message()).contains(ids.get(2));
            assertThat(reader.received())
                    .extracting(ConsumerRoute.Received::id)
                    .containsExactly(ids.get(0), ids.get(1));
            broken.set(false);
            await().until(() -> reader.received().size() == 5);
            assertThat(reader.received()).extracting(ConsumerRoute.Received::id).containsExactlyElementsOf(ids);
            await().until(() -> reader.word() == Word.UP);
        }
    }

    @Test
    @ProvesFault("D1")
    void withBreakOnFirstErrorFalseAFailedChangeIsPassedOver() throws Exception {
        List<String> ids = accountsIn(accounts, 3);
        try (ConsumerRoute reader = reader().with("breakOnFirstError", false)
                .doing(exchange -> {
                    if (ids.get(1).equals(id(exchange))) {
                        throw new IllegalStateException("poison");
                    }
                })
                .start()) {
            await().until(() -> reader.received().size() == 2);
            await().until(() -> reader.polls() >= 3);
            assertThat(reader.received())
                    .extracting(ConsumerRoute.Received::id)
                    .containsExactly(ids.get(0), ids.get(2));
        }
    }

    @Test
    @ProvesFault("D3")
    void aHandledFailureIsAcceptedAndAnUnhandledDeadLetterIsNot() throws Exception {
        List<String> ids = accountsIn(accounts, 2);
        List<String> letters = new CopyOnWriteArrayList<>();
        AtomicBoolean deadLetterDown = new AtomicBoolean(true);
        try (ConsumerRoute reader = reader().handlingErrors(builder -> {
                    builder.errorHandler(
                            builder.deadLetterChannel("direct:dead").deadLetterHandleNewException(false));
                    builder.from("direct:dead")
                            .errorHandler(builder.noErrorHandler())
                            .process(exchange -> {
                                if (deadLetterDown.get()) {
                                    throw new IllegalStateException("the dead letter queue is down");
                                }
                                letters.add(id(exchange));
                            });
                })
                .doing(exchange -> {
                    throw new IllegalStateException("poison");
                })
                .start()) {
            await().until(() -> reader.word() == Word.POISONED);
            assertThat(letters).isEmpty();
            deadLetterDown.set(false);
            await().until(() -> reader.word() == Word.UP);
            assertThat(letters).isEqualTo(ids);
        }
    }

    @Test
    @ProvesFault("L2")
    void aStopInTheMiddleOfAPageEndsAfterTheChangeInHandAndTheNextStartGoesOnThere() throws Exception {
        List<String> ids = accountsIn(accounts, 20);
        CountDownLatch seventh = new CountDownLatch(7);
        CountDownLatch goOn = new CountDownLatch(1);
        ConsumerRoute first = reader().doing(exchange -> {
                    seventh.countDown();
                    if (seventh.getCount() == 0) {
                        goOn.await();
                    }
                })
                .start();
        seventh.await();
        Future<?> stopping = Executors.newSingleThreadExecutor().submit(first::close);
        await().until(() ->
                first.consumer().isSuspendingOrSuspended() || !first.consumer().isRunAllowed());
        goOn.countDown();
        stopping.get(20, TimeUnit.SECONDS);
        assertThat(first.received()).hasSize(7);
        try (ConsumerRoute second = reader().start()) {
            await().until(() -> second.received().size() == 13);
            assertThat(second.received())
                    .extracting(ConsumerRoute.Received::id)
                    .containsExactlyElementsOf(ids.subList(7, 20));
        }
    }

    @Test
    @ProvesFault("L2")
    void withCompleteAllTasksAStopFinishesTheRound() throws Exception {
        accountsIn(accounts, 20);
        CountDownLatch third = new CountDownLatch(3);
        CountDownLatch goOn = new CountDownLatch(1);
        ConsumerRoute reader = reader().with("maxPageSize", 5).doing(exchange -> {
            third.countDown();
            if (third.getCount() == 0) {
                goOn.await();
            }
        });
        reader.context().setShutdownRunningTask(ShutdownRunningTask.CompleteAllTasks);
        reader.start();
        third.await();
        Future<?> stopping = Executors.newSingleThreadExecutor().submit(reader::close);
        await().until(() -> reader.consumer().isSuspendingOrSuspended());
        goOn.countDown();
        stopping.get(20, TimeUnit.SECONDS);
        assertThat(reader.received()).hasSize(20);
        try (ConsumerRoute second = reader().start()) {
            await().until(() -> second.polls() >= 2);
            assertThat(second.received()).as("committed").isEmpty();
        }
    }

    @Test
    @ProvesFault("L1")
    void aSuspendedRouteStopsAfterTheChangeInHandAndResumesThere() throws Exception {
        accountsIn(accounts, 10);
        CountDownLatch fourth = new CountDownLatch(4);
        CountDownLatch goOn = new CountDownLatch(1);
        try (ConsumerRoute reader = reader().doing(exchange -> {
                    fourth.countDown();
                    if (fourth.getCount() == 0) {
                        goOn.await();
                    }
                })
                .start()) {
            fourth.await();
            Future<?> suspending = Executors.newSingleThreadExecutor().submit(() -> {
                reader.context().getRouteController().suspendRoute(ConsumerRoute.ROUTE);
                return null;
            });
            await().until(() -> reader.consumer().isSuspendingOrSuspended());
            goOn.countDown();
            suspending.get(20, TimeUnit.SECONDS);
            assertThat(reader.received()).hasSize(4);
            reader.context().getRouteController().resumeRoute(ConsumerRoute.ROUTE);
            await().until(() -> reader.received().size() == 10);
            assertThat(reader.keys()).doesNotHaveDuplicates();
        }
    }

    @Test
    void aPooledExchangeFactoryDeliversTheSame() throws Exception {
        List<String> ids = accountsIn(accounts, 50);
        ConsumerRoute reader = reader();
        reader.context().getCamelContextExtension().setExchangeFactory(new PooledExchangeFactory());
        Set<Object> exchanges = ConcurrentHashMap.newKeySet();
        try (reader) {
            reader.doing(exchange -> exchanges.add(System.identityHashCode(exchange)))
                    .start();
            await().until(() -> reader.received().size() == 50);
            assertThat(reader.received()).extracting(ConsumerRoute.Received::id).containsExactlyElementsOf(ids);
            assertThat(exchanges).hasSizeLessThan(50);
        }
    }

    @Test
    @ProvesFault("X4")
    void twoConsumersOfOneSubscriptionAreRefused() throws Exception {
        try (ConsumerRoute reader = reader().start()) {
            assertThatThrownBy(() -> reader.with("delay", 30).addRoute("second"))
                    .hasStackTraceContaining("already reads account/default")
                    .hasStackTraceContaining("option subscription");
        }
    }

    @Test
    @ProvesFault("L9")
    void aChangedSelectionStopsAndAsksForAResync() throws Exception {
        accountsIn(accounts, 2);
        try (ConsumerRoute reader = reader().with("select", "name").start()) {
            await().until(() -> reader.received().size() == 2);
        }
        try (ConsumerRoute reader = reader().with("select", "name,telephone1").start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message()).contains("select=name,telephone1").contains("resync");
            assertThat(reader.received()).isEmpty();
            reader.context().createProducerTemplate().requestBody(reader.uri() + "&operation=resync", (Object) null);
            await().until(() -> reader.received().size() == 4);
            assertThat(reader.types()).containsExactly("resyncStarted", "upsert", "upsert", "resyncCompleted");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 9, 10})
    void aResyncIsNotLostToAReaderThatMovesTheTokenAtTheSameTime(int moves) throws Exception {
        AtomicInteger left = new AtomicInteger(moves);
        MemoryDeltaTokenRepository tokens = new MemoryDeltaTokenRepository() {
            @Override
            public void advance(SubscriptionId id, long expected, Checkpoint next, Map<String, String> delivered) {
                if (next.phase() == Phase.RESYNC && left.getAndDecrement() > 0) {
                    Checkpoint here = load(id).orElseThrow().checkpoint();
                    super.advance(id, expected, here.nextRound("moved", here.obtained()), delivered);
                }
                super.advance(id, expected, next, delivered);
            }
        };
        SubscriptionId id = id();
        Organization here = new Organization(
                simulator.organizationId().toString(),
                simulator.organizationUrl().toString(),
                1);
        tokens.replace(
                id,
                Checkpoint.first(Phase.INITIAL, Instant.now(), "").with(here).nextRound("first", Instant.now()));
        try (ConsumerRoute reader = reader().with("idempotentRepository", tokens)) {
            reader.context().start();
            ProducerTemplate template = reader.context().createProducerTemplate();
            String endpoint = reader.uri() + "&operation=resync";
            if (moves < 10) {
                template.requestBody(endpoint, (Object) null);
                assertThat(tokens.load(id).orElseThrow().checkpoint().phase()).isEqualTo(Phase.RESYNC);
            } else {
                assertThatThrownBy(() -> template.requestBody(endpoint, (Object) null))
                        .cause()
                        .isInstanceOf(TokenConflictException.class)
                        .hasMessageContaining("moved its token 10 times")
                        .hasMessageContaining("Ask again");
            }
        }
    }

    @Test
    void aResyncThatAnotherCallHasJustAskedForIsEnough() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        MemoryDeltaTokenRepository tokens = new MemoryDeltaTokenRepository() {
            @Override
            public void advance(SubscriptionId id, long expected, Checkpoint next, Map<String, String> delivered) {
                if (next.phase() == Phase.RESYNC && asked.getAndIncrement() == 0) {
                    super.advance(id, expected, next, delivered); // the other call, to its end
                    replace(byAddress(), Checkpoint.moved(1, next.organization()));
                }
                super.advance(id, expected, next, delivered);
            }
        };
        SubscriptionId id = id();
        try (ConsumerRoute reader = reader().with("idempotentRepository", tokens)) {
            reader.context().start();
            reader.context().createProducerTemplate().requestBody(reader.uri() + "&operation=resync", (Object) null);
            assertThat(asked.get()).isEqualTo(1);
            assertThat(tokens.load(id).orElseThrow().checkpoint().phase()).isEqualTo(Phase.RESYNC);
        }
    }

    @Test
    void aReloadIsReadWithTheColumnsOfTheReaderWhateverItWasAskedWith() throws Exception {
        accountsIn(accounts, 1);
        try (ConsumerRoute reader = reader().with("select", "name,telephone1").start()) {
            await().until(() -> reader.received().size() == 1);
            String asker = reader.with("select", "fax").uri() + "&operation=resync";
            reader.context().createProducerTemplate().requestBody(asker, (Object) null);
            await().until(() -> reader.received().size() == 4);
            assertThat(reader.received().get(2).text()).contains("telephone1").doesNotContain("fax");
        }
    }

    @Test
    @ProvesFault("R3")
    void startFromStoredStopsWhereNothingIsStored() throws Exception {
        accountsIn(accounts, 1);
        try (ConsumerRoute reader = reader().with("startFrom", "stored").start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message()).contains("No delta token is stored").contains("startFrom=initial");
            assertThat(reader.received()).isEmpty();
        }
    }

    /** What has become of the text in which a token is stored. */
    private enum Damage {
        TORN("is torn"),
        ALTERED("is torn or altered"),
        NEWER("has format 3, of a newer version"),
        OF_ANOTHER("belongs to another subscription, contact/default");

        private final String sentence;

        Damage(String sentence) {
            this.sentence = sentence;
        }
    }

    private String damaged(Damage damage, String text) {
        return switch (damage) {
            case TORN -> text.substring(0, text.length() / 2);
            case ALTERED -> text.replace("\"default\"", "\"defaults\"");
            case NEWER -> text.replaceFirst(" 2 ", " 3 ");
            case OF_ANOTHER ->
                TokenCodec.encode(
                        new SubscriptionId(simulator.organizationUrl().toString(), "contact", "default"),
                        SampleCheckpoints.revision(7));
        };
    }

    @ParameterizedTest
    @EnumSource
    @ProvesFault({"R3", "L7"})
    void aStoredTokenThatCannotBeUsedStopsTheReaderUntilAResyncAndIsLeftAsItIs(Damage damage, @TempDir Path directory)
            throws Exception {
        accountsIn(accounts, 2);
        try (ConsumerRoute reader = reader().with("idempotentRepository", new FileDeltaTokenRepository(directory))
                .start()) {
            await().until(() ->
                    reader.received().size() == 2 && reader.checkpoint().roundLink() != null);
        }
        Path file;
        try (Stream<Path> files = Files.list(directory)) {
            file = files.filter(each -> each.toString().matches(".*default-127.*\\.token"))
                    .findFirst()
                    .orElseThrow();
        }
        String damaged = damaged(damage, Files.readString(file));
        Files.writeString(file, damaged);
        try (ConsumerRoute reader = reader().with("idempotentRepository", new FileDeltaTokenRepository(directory))
                .start()) {
            await().until(() -> reader.word() == Word.FAULTED);
            assertThat(reader.message()).contains(damage.sentence);
            long polls = reader.polls();
            await().until(() -> reader.polls() > polls + 3);
            assertThat(reader.received()).isEmpty();
            assertThat(file).hasContent(damaged);
            reader.context().createProducerTemplate().requestBody(reader.uri() + "&operation=resync", (Object) null);
            await().until(() -> reader.types().contains("resyncCompleted"));
            await().until(() -> reader.word() == Word.UP);
        }
    }

    @Test
    @ProvesFault("L6")
    void preflightFailsTheStartAndALaterStartWorks() throws Exception {
        accountsIn(accounts, 1);
        simulator.switches().caller(CallerRights.USER_READ);
        try (ConsumerRoute reader = reader().with("preflight", true)) {
            reader.context().start();
            assertThatThrownBy(() -> reader.addRoute(ConsumerRoute.ROUTE))
                    .hasStackTraceContaining("organization level");
            simulator.switches().caller(CallerRights.ORGANIZATION_READ);
            reader.context().getRouteController().startRoute(ConsumerRoute.ROUTE);
            await().until(() -> reader.received().size() == 1);
        }
    }

    @Test
    @ProvesSentence({"current-25", "2021-12"})
    void aProducerCountsTellsAndMovesNothing() throws Exception {
        accountsIn(accounts, 2);
        try (ConsumerRoute reader = reader().start()) {
            await().until(() -> reader.received().size() == 2);
            await().until(() -> reader.checkpoint().phase() == Phase.DELTA);
            reader.context().getRouteController().suspendRoute(ConsumerRoute.ROUTE);
            accountsIn(accounts, 3);
            var template = reader.context().createProducerTemplate();
            assertThatThrownBy(() ->
                            template.requestBody(reader.uri() + "&subscription=another&operation=count", (Object) null))
                    .rootCause()
                    .hasMessageContaining("No delta token is stored for account/another")
                    .hasMessageContaining("give this endpoint the reader's idempotentRepository and subscription");
            assertThat(template.requestBody(reader.uri() + "&operation=count", null, Long.class))
                    .isEqualTo(3);
            Map<?, ?> token = template.requestBody(reader.uri(), null, Map.class);
            assertThat(token.get("stored")).isEqualTo(true);
            assertThat(token.get("phase")).isEqualTo("delta");
            assertThat(token.keySet())
                    .asString()
                    .isEqualTo(
                            "[stored, organization, address, phase, round, page, rows, revision, obtained, ageSeconds, keptDays, expires,"
                                    + " expiresInSeconds]");
            assertThat(template.requestBody(reader.uri() + "&operation=count", null, Long.class))
                    .isEqualTo(3);
            reader.context().getRouteController().resumeRoute(ConsumerRoute.ROUTE);
            await().until(() -> reader.received().size() == 5);
        }
    }

    private SubscriptionId byAddress() {
        return new SubscriptionId(simulator.organizationUrl().toString(), "account", "default");
    }

    private SubscriptionId id() {
        return byAddress().ofOrganization(simulator.organizationId().toString());
    }

    private static String id(org.apache.camel.Exchange exchange) {
        return exchange.getMessage().getHeader(DataverseChangesConstants.ID, String.class);
    }
}
