package io.github.cameldataverse.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.Standing.Word;
import io.github.cameldataverse.changes.lab.Broker;
import io.github.cameldataverse.changes.lab.Gag;
import io.github.cameldataverse.changes.lab.Line;
import io.github.cameldataverse.changes.lab.LineProxy;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.token.MemoryDeltaTokenRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Processor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker as the sink: one persistent message per change, with its key as the id that the broker remembers. */
class BrokerSinkTest {

    private static final Duration STOP = Duration.ofSeconds(15);
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final DataverseSimulator simulator = DataverseSimulator.start();
    private final MemoryDeltaTokenRepository tokens = new MemoryDeltaTokenRepository();

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    @Fault("R9")
    void whatABrokerThatIsDownDidNotGetIsSentWhenItIsBack() throws Exception {
        List<String> keys = create(5, 1);
        try (Broker broker = new Broker(directory, -1);
                Reader reader =
                        reader(exchange -> send(exchange, broker.address().getPort(), () -> {}))) {
            broker.stop();
            reader.start();
            await().atMost(LONG).until(() -> reader.word() == Word.POISONED);
            assertThat(reader.message()).contains(keys.get(0));
            broker.start();
            await().atMost(LONG).until(() -> reader.received().size() == 5);
            assertThat(broker.drain(500)).containsExactlyElementsOf(keys);
        }
    }

    @Test
    @Fault("R9")
    void whatABrokerGotWithoutBeingAbleToSaySoIsSentAgainAndIsInTheQueueOnce() throws Exception {
        List<String> keys = create(5, 1);
        Gag gag = new Gag();
        List<String> sent = new CopyOnWriteArrayList<>();
        try (Broker broker = new Broker(directory, -1);
                LineProxy proxy = new LineProxy(broker.address()).with(gag);
                Reader reader = reader(exchange -> send(exchange, proxy.origin().getPort(), () -> {
                            sent.add(key(exchange));
                            if (sent.size() == 3) {
                                gag.shut();
                            }
                        }))
                        .start()) {
            await().atMost(LONG).until(() -> reader.word() == Word.POISONED);
            await().atMost(LONG).until(() -> broker.count() == 3);
            assertThat(reader.keys()).containsExactlyElementsOf(keys.subList(0, 2));
            proxy.with(Line.CLEAN);
            await().atMost(LONG).until(() -> reader.received().size() == 5);
            assertThat(sent)
                    .containsExactly(keys.get(0), keys.get(1), keys.get(2), keys.get(2), keys.get(3), keys.get(4));
            assertThat(broker.drain(500)).containsExactlyElementsOf(keys);
        }
    }

    @Test
    @Fault("R10")
    void aBrokerThatBlocksHoldsOneExchangeAndAShutdownStillEndsAndNothingIsLost() throws Exception {
        List<String> keys = create(40, 8);
        AtomicInteger begun = new AtomicInteger();
        Processor send = exchange -> {
            assertThat(exchange.getContext().getInflightRepository().size()).isEqualTo(1);
            send(exchange, port(), begun::incrementAndGet);
        };
        try (Broker broker = new Broker(directory, 64 * 1024)) {
            port = broker.address().getPort();
            Reader reader = reader(send).start();
            await().atMost(LONG).during(Duration.ofSeconds(2)).until(() -> isStuck(reader, begun));
            assertThat(reader.received()).hasSizeBetween(1, 39);
            assertHoldsOneAndAsksForNoMore(reader);
            assertStops(reader);
            drainWithASecondReader(broker, send, keys);
        }
    }

    @Test
    @Fault("R10")
    void aSinkThatIsSlowHoldsOneExchangeAndAShutdownStillEndsAndNothingIsLost() throws Exception {
        List<String> keys = create(5, 1);
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        Reader reader = reader(exchange -> {
                    if (begun.incrementAndGet() == 3) {
                        never.await();
                    }
                })
                .start();
        await().until(() -> begun.get() == 3);
        create(1, 1);
        assertHoldsOneAndAsksForNoMore(reader);
        assertStops(reader);
        assertThat(reader.keys()).containsExactlyElementsOf(keys.subList(0, 2));
        try (Reader second = reader(exchange -> {}).start()) {
            await().until(() -> second.received().size() == 4);
            assertThat(second.keys()).startsWith(keys.get(2), keys.get(3), keys.get(4));
        }
    }
}
