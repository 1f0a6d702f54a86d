package io.github.cameldataverse.changes.behaviour.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.server.EmbeddedBroker;
import jakarta.jms.JMSException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long an Artemis broker drops a message that it has had. What it remembers belongs to the address, so it ends with the
 * address: beside a queue with {@code auto-delete-queues=false} and {@code auto-delete-addresses=false} stands one with the
 * settings that a broker has by itself, which shows that the broker had the occasion to forget.
 */
@ProvesFault("R9")
class BrokerThatForgetsTest {

    private static final String KEY = "6bd5aff1-62f0-ef11-be20-000d3ab1c2d3@915244";

    @TempDir
    Path directory;

    @Test
    void aMessageIsDroppedLongAfterItsQueueWasLeftEmptyAndWithoutAReader() throws Exception {
        try (EmbeddedBroker broker = new EmbeddedBroker(directory, -1)) {
            broker.sendToBoth(KEY);
            drainBoth(broker);
            await().atMost(Duration.ofSeconds(30)).until(broker::hasForgotten);
            assertDroppedWhereNothingIsDeleted(broker);
        }
    }

    @Test
    void aMessageIsDroppedWhenTheBrokerWasRestartedWithItsQueueEmpty() throws Exception {
        try (EmbeddedBroker broker = new EmbeddedBroker(directory, -1)) {
            broker.sendToBoth(KEY);
            drainBoth(broker);
            broker.stop();
            broker.start();
            await().atMost(Duration.ofSeconds(30)).until(broker::hasForgotten);
            assertDroppedWhereNothingIsDeleted(broker);
        }
    }

    private static void drainBoth(EmbeddedBroker broker) throws JMSException {
        assertThat(broker.drain(1)).containsExactly(KEY);
        assertThat(broker.drain(EmbeddedBroker.FLEETING, 1)).containsExactly(KEY);
    }

    private static void assertDroppedWhereNothingIsDeleted(EmbeddedBroker broker) throws JMSException {
        broker.sendToBoth(KEY);
        assertThat(broker.drain(0)).isEmpty();
        assertThat(broker.drain(EmbeddedBroker.FLEETING, 1))
                .as("by itself a broker forgets")
                .containsExactly(KEY);
    }
}
