package io.github.cameldataverse.changes.behaviour.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.network.LoseOneAnswer;
import io.github.cameldataverse.changes.harness.network.TcpProxy;
import io.github.cameldataverse.changes.harness.server.EmbeddedBroker;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import jakarta.jms.JMSException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A broker as the sink: one persistent message per change, with its key as the id that the broker remembers. */
@OverBothApis
class DuplicateDetectingBrokerTest {

    private final ChangeTrackingApi api = OverBothApis.API;

    private static final Duration STOP = Duration.ofSeconds(15);
    private static final Duration LONG = Duration.ofSeconds(60);

    /** Otherwise the broker speaks unasked, and another answer than that to the message could be the one that is lost. */
    private static final String NO_CREDITS = "?producerWindowSize=-1";

    @TempDir
    Path directory;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final MemoryDeltaTokenRepository tokens = new MemoryDeltaTokenRepository();

    @Test
    @ProvesFault("R9")
    void whatABrokerThatIsDownDidNotGetIsSentWhenItIsBack() throws Exception {
        List<String> keys = create(5, 1);
        try (EmbeddedBroker broker = new EmbeddedBroker(directory, -1);
                ConsumerRoute reader = reader(exchange ->
                        send(exchange, String.valueOf(broker.address().getPort()), () -> {}))) {
            broker.stop();
            reader.start();
            await().atMost(LONG).until(() -> reader.word() == Word.POISONED);
            assertThat(reader.message()).contains(keys.get(0));
            broker.start();
            await().atMost(LONG).until(() -> reader.received().size() == 5);
            assertThat(broker.drain(5)).containsExactlyElementsOf(keys);
        }
    }

    @Test
    @ProvesFault("R9")
    void whatABrokerGotWithoutBeingAbleToSaySoIsSentAgainAndIsInTheQueueOnce() throws Exception {
        List<String> keys = create(5, 1);
        LoseOneAnswer gag = new LoseOneAnswer();
        List<Attempt> attempts = new CopyOnWriteArrayList<>();
        try (EmbeddedBroker broker = new EmbeddedBroker(directory, -1);
                TcpProxy proxy = new TcpProxy(broker.address()).with(gag);
                ConsumerRoute reader =
                        reader(exchange -> send(exchange, proxy.origin().getPort() + NO_CREDITS, () -> {
                            attempts.add(new Attempt(key(exchange), broker.count()));
                            if (attempts.size() == 3) {
                                gag.shut();
                            }
                        }))) {
            reader.start();
            await().atMost(LONG).until(() -> reader.received().size() == 5);
            assertThat(attempts)
                    .containsExactly(
                            new Attempt(keys.get(0), 0),
                            new Attempt(keys.get(1), 1),
                            new Attempt(keys.get(2), 2),
                            new Attempt(keys.get(2), 3),
                            new Attempt(keys.get(3), 3),
                            new Attempt(keys.get(4), 4));
            assertThat(broker.drain(5)).containsExactlyElementsOf(keys);
        }
    }

    /** What was about to be sent, and how many messages were in the queue then. */
    private record Attempt(String key, long before) {}

    @Test
    @ProvesFault("R10")
    void aBrokerThatBlocksHoldsOneExchangeAndAShutdownStillEndsAndNothingIsLost() throws Exception {
        List<String> keys = create(40, 8);
        try (EmbeddedBroker broker = new EmbeddedBroker(directory, 64 * 1024)) {
            Processor send =
                    exchange -> send(exchange, String.valueOf(broker.address().getPort()), () -> {});
            ConsumerRoute reader = reader(send).start();
            AtomicInteger seen = new AtomicInteger();
            await().atMost(LONG).during(Duration.ofSeconds(2)).until(() -> {
                int accepted = reader.received().size();
                return accepted > 0 && accepted == seen.getAndSet(accepted);
            });
            assertThat(reader.received()).hasSizeLessThan(40);
            assertHoldsOneExchange(reader);
            assertStops(reader);
            try (ConsumerRoute second = reader(send).start()) {
                assertThat(broker.drain(40)).containsExactlyElementsOf(keys);
            }
        }
    }

    @Test
    @ProvesFault("R10")
    void aSinkThatIsSlowHoldsOneExchangeAndAShutdownStillEndsAndNothingIsLost() throws Exception {
        List<String> keys = create(5, 1);
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        ConsumerRoute reader = reader(exchange -> {
                    if (begun.incrementAndGet() == 3) {
                        never.await();
                    }
                })
                .start();
        await().until(() -> begun.get() == 3);
        assertHoldsOneExchange(reader);
        assertStops(reader);
        assertThat(reader.keys()).containsExactlyElementsOf(keys.subList(0, 2));
        try (ConsumerRoute second = reader(exchange -> {}).start()) {
            await().until(() -> second.received().size() == 3);
            assertThat(second.keys()).containsExactlyElementsOf(keys.subList(2, 5));
        }
    }

    /** It asks the service for no more, so there is nothing that could pile up. */
    private void assertHoldsOneExchange(ConsumerRoute reader) {
        int asked = simulator.requests().size();
        await().during(Duration.ofMillis(500))
                .until(() -> simulator.requests().size() == asked
                        && reader.context().getInflightRepository().size() == 1);
    }

    private static void assertStops(ConsumerRoute reader) {
        reader.context().getShutdownStrategy().setTimeUnit(TimeUnit.SECONDS);
        reader.context().getShutdownStrategy().setTimeout(1);
        Instant before = Instant.now();
        reader.close();
        assertThat(Duration.between(before, Instant.now())).isLessThan(STOP);
    }

    private ConsumerRoute reader(Processor sink) {
        return ConsumerRoute.of(simulator, api)
                .with("idempotentRepository", tokens)
                .doing(sink);
    }

    private static void send(Exchange exchange, String port, Runnable ready) throws JMSException {
        EmbeddedBroker.send(port, key(exchange), exchange.getMessage().getBody(String.class), ready);
    }

    private static String key(Exchange exchange) {
        return exchange.getMessage().getHeader(DataverseChangesConstants.KEY, String.class);
    }

    private List<String> create(int count, int kilobytes) {
        SimulatedTable accounts = simulator.table("account");
        return IntStream.range(0, count)
                .mapToObj(i -> accounts.create(Map.of("name", "x".repeat(kilobytes * 1024))))
                .map(id -> id + "@" + accounts.version(id))
                .toList();
    }
}
