package io.github.cameldataverse.changes.harness;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.impl.engine.DefaultInflightRepository;
import org.apache.camel.support.ScheduledPollConsumer;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The exchanges in hand. Camel's shutdown looks once a second whether there are any, or a poll, and every third test ends
 * during a poll of some milliseconds and would stand still for that second. Here the shutdown gets its answer when they are over.
 */
final class InflightsAtItsEnd extends DefaultInflightRepository {

    /** What takes longer has Camel's own wait before it, as everywhere. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private static final Duration STEP = Duration.ofMillis(2);
    private static final String SHUTDOWN = "ShutdownTask";

    private final CamelContext context;

    InflightsAtItsEnd(CamelContext context) {
        this.context = context;
    }

    /** When the shutdown asks, the consumer is suspended already, so nothing new begins. */
    @Override
    public int size(String routeId) {
        if (Thread.currentThread().getName().contains(SHUTDOWN)) {
            awaitTheEnd(routeId);
        }
        return super.size(routeId);
    }

    private void awaitTheEnd(String routeId) {
        try {
            await().pollDelay(Duration.ZERO).pollInterval(STEP).atMost(PATIENCE).until(() -> !isBusy(routeId));
        } catch (ConditionTimeoutException e) {
            // Camel looks again, a second later.
        }
    }

    private boolean isBusy(String routeId) {
        Route route = context.getRoute(routeId);
        return super.size(routeId) > 0
                || route != null && route.getConsumer() instanceof ScheduledPollConsumer reader && reader.isPolling();
    }
}
