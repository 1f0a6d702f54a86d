package io.github.cameldataverse.changes.behaviour.lifecycle;

import static io.github.cameldataverse.changes.harness.SampleRows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.LeakCheck;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.RequestKind;
import io.github.cameldataverse.changes.harness.network.SilentAfter;
import io.github.cameldataverse.changes.harness.network.TcpProxy;
import io.github.cameldataverse.changes.internal.delivery.PagePlan;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.faults.ServiceUnavailable;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.TokenStoreException;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Stops of every kind, and what they leave behind: nothing. {@code -Dlab.starts=500} for many. */
@OverBothApis
class ConsumerStopTest {

    private final ChangeTrackingApi api = OverBothApis.API;

    private static final int STARTS = Integer.getInteger("lab.starts", 40);
    private static final Duration STOP = Duration.ofSeconds(15);

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");
    private final CountDownLatch inHand = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);

    @Test
    @ProvesFault("L3")
    void aForcedStopInterruptsTheRouteAndTheChangeInHandComesAgain() throws Exception {
        List<String> ids = accountsIn(accounts, 5);
        MemoryDeltaTokenRepository tokens = new MemoryDeltaTokenRepository();
        ConsumerRoute reader = ConsumerRoute.of(simulator, api).with("idempotentRepository", tokens);
        reader.doing(exchange -> {
            if (reader.received().size() == 2) {
                inHand.countDown();
                never.await();
            }
        });
        stopByForce(reader);
        assertThat(reader.received()).hasSize(2);
        assertTheNextOneGoesOn(tokens, ids.subList(2, 5));
    }

    @Test
    @ProvesFault("L3")
    void aForcedStopInterruptsTheRepositoryAndNothingIsTakenForDone() throws Exception {
        List<String> ids = accountsIn(accounts, 5);
        AtomicBoolean stuck = new AtomicBoolean(true);
        MemoryDeltaTokenRepository tokens = new MemoryDeltaTokenRepository() {
            @Override
            public void delivered(SubscriptionId subscription, long revision, String recordId, String what) {
                if (stuck.get() && ids.get(2).equals(recordId) && !what.equals(PagePlan.OFFERED)) {
                    waitForEver();
                }
                super.delivered(subscription, revision, recordId, what);
            }
        };
        ConsumerRoute reader = ConsumerRoute.of(simulator, api).with("idempotentRepository", tokens);
        stopByForce(reader);
        stuck.set(false);
        assertThat(reader.received()).hasSize(3);
        assertTheNextOneGoesOn(tokens, ids.subList(2, 5));
    }

    @Test
    @ProvesFault("L3")
    void aStopLeavesARequestThatHangsAndNothingOfItsPageIsTakenForDone() throws Exception {
        List<String> ids = accountsIn(accounts, 5);
        MemoryDeltaTokenRepository tokens = new MemoryDeltaTokenRepository();
        try (TcpProxy proxy = new TcpProxy(simulator.organizationUrl())) {
            simulator.faults().whereRequest(RequestKind::forRows).always(new ServiceUnavailable(503));
            ConsumerRoute reader = ConsumerRoute.of(proxy.origin())
                    .with("api", api.word())
                    .with("allowInsecure", true)
                    .with("accessToken", "demo")
                    .with("maxRetries", 0)
                    .with("idempotentRepository", tokens)
                    .start();
            await().until(() -> reader.word() == Word.FAULTED);
            reader.context().getRouteController().suspendRoute(ConsumerRoute.ROUTE);
            proxy.with(new SilentAfter(400));
            simulator.faults().clear();
            int asked = simulator.requests().size();
            reader.context().getRouteController().resumeRoute(ConsumerRoute.ROUTE);
            await().until(() -> simulator.requests().size() > asked);
            assertStops(reader);
            proxy.with(io.github.cameldataverse.changes.harness.network.ConnectionBehaviour.CLEAN);
            try (ConsumerRoute second = ConsumerRoute.of(proxy.origin())
                    .with("api", api.word())
                    .with("allowInsecure", true)
                    .with("accessToken", "demo")
                    .with("idempotentRepository", tokens)
                    .start()) {
                await().until(() -> second.received().size() == 5);
                assertThat(second.received())
                        .extracting(ConsumerRoute.Received::id)
                        .containsExactlyElementsOf(ids);
            }
        }
    }

    @Test
    @ProvesFault("L5")
    void manyStartsAndStopsLeaveNoThreadAndNoSocketBehind() throws Exception {
        accountsIn(accounts, 1);
        long sockets = 0;
        for (int start = 0; start < STARTS; start++) {
            try (ConsumerRoute reader = ConsumerRoute.of(simulator, api).start()) {
                await().until(() -> reader.received().size() == 1);
                // Those of the one before end after its context.
                await().untilAsserted(() -> assertThat(LeakCheck.threads()).hasSizeLessThanOrEqualTo(3));
            }
            if (start == 4) {
                sockets = LeakCheck.sockets();
            }
        }
        long before = sockets;
        assertNoThreadIsLeft();
        await().untilAsserted(() -> assertThat(LeakCheck.sockets()).isLessThanOrEqualTo(before + 2));
        System.out.printf(
                "%d starts and stops, 0 threads left, sockets %d before, %d after%n",
                STARTS, before, LeakCheck.sockets());
    }

    @Test
    @ProvesFault("L5")
    @Tag("needs-camel-management-that-lets-go")
    void manyRoutesThatComeAndGoInOneContextLeaveNothingInItsMemory() throws Exception {
        accountsIn(accounts, 1);
        List<WeakReference<Object>> gone = new ArrayList<>();
        try (ConsumerRoute reader = ConsumerRoute.of(simulator, api)) {
            reader.context().start();
            for (int route = 0; route < STARTS; route++) {
                gone.add(comeAndGo(reader, "route-" + route));
            }
            assertThat(reader.context().getEndpoints()).hasSizeLessThan(3);
            await().untilAsserted(() -> assertThat(LeakCheck.threads()).hasSizeLessThan(3));
            await().untilAsserted(() -> {
                System.gc();
                assertThat(gone).filteredOn(consumer -> consumer.get() != null).hasSizeLessThan(3);
            });
        }
    }

    private static WeakReference<Object> comeAndGo(ConsumerRoute reader, String id) throws Exception {
        int before = reader.received().size();
        reader.addRoute(id);
        await().until(() -> reader.received().size() > before);
        WeakReference<Object> consumer =
                new WeakReference<>(reader.context().getRoute(id).getConsumer());
        reader.context().getRouteController().stopRoute(id);
        assertThat(reader.context().removeRoute(id)).isTrue();
        // Without its token, which the memory of the context keeps, the next route would find nothing new.
        reader.with("subscription", "after-" + id);
        return consumer;
    }

    @Test
    @ProvesFault("L6")
    void aStartThatFailsBecauseOfTheServiceLeavesNothingOpenAndALaterOneWorks() throws Exception {
        accountsIn(accounts, 1);
        simulator.faults().where(path -> true).always(new ServiceUnavailable(503));
        try (ConsumerRoute reader =
                ConsumerRoute.of(simulator, api).with("preflight", true).with("maxRetries", 0)) {
            reader.context().start();
            assertThatThrownBy(() -> reader.addRoute(ConsumerRoute.ROUTE))
                    .hasStackTraceContaining("The service failed");
            for (int start = 0; start < 3; start++) {
                assertThatThrownBy(() -> reader.context().getRouteController().startRoute(ConsumerRoute.ROUTE))
                        .hasStackTraceContaining("The service failed");
                await().untilAsserted(
                                () -> assertThat(LeakCheck.pollingThreads()).isEmpty());
            }
            simulator.faults().clear();
            reader.context().getRouteController().startRoute(ConsumerRoute.ROUTE);
            await().until(() -> reader.received().size() == 1);
        }
    }

    @Test
    @ProvesFault("L6")
    void aStartThatFailsBecauseOfTheRepositoryLeavesNothingOpenAndALaterOneWorks() throws Exception {
        accountsIn(accounts, 1);
        AtomicBoolean down = new AtomicBoolean(true);
        MemoryDeltaTokenRepository tokens = new MemoryDeltaTokenRepository() {
            @Override
            protected void doStart() {
                if (down.get()) {
                    throw new TokenStoreException("the database is down");
                }
                super.doStart();
            }
        };
        try (ConsumerRoute reader = ConsumerRoute.of(simulator, api).with("idempotentRepository", tokens)) {
            reader.context().start();
            assertThatThrownBy(() -> reader.addRoute(ConsumerRoute.ROUTE))
                    .hasStackTraceContaining("the database is down");
            assertNoThreadIsLeft();
            down.set(false);
            reader.context().getRouteController().startRoute(ConsumerRoute.ROUTE);
            await().until(() -> reader.received().size() == 1);
        }
    }

    private void waitForEver() {
        try {
            inHand.countDown();
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TokenStoreException("interrupted");
        }
    }

    private void stopByForce(ConsumerRoute reader) throws Exception {
        reader.context().getShutdownStrategy().setTimeUnit(TimeUnit.SECONDS);
        reader.context().getShutdownStrategy().setTimeout(1);
        reader.start();
        assertThat(inHand.await(20, TimeUnit.SECONDS)).isTrue();
        assertStops(reader);
    }

    /** A thread that was told to end is there for a moment still. */
    private static void assertNoThreadIsLeft() {
        await().untilAsserted(() -> assertThat(LeakCheck.threads()).isEmpty());
    }

    private static void assertStops(ConsumerRoute reader) {
        Instant before = Instant.now();
        reader.close();
        assertThat(Duration.between(before, Instant.now())).isLessThan(STOP);
        assertNoThreadIsLeft();
    }

    private void assertTheNextOneGoesOn(MemoryDeltaTokenRepository tokens, List<String> rest) throws Exception {
        try (ConsumerRoute second = ConsumerRoute.of(simulator, api)
                .with("idempotentRepository", tokens)
                .start()) {
            await().until(() -> second.received().size() == rest.size());
            assertThat(second.received()).extracting(ConsumerRoute.Received::id).containsExactlyElementsOf(rest);
        }
    }
}
