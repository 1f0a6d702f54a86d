package io.github.cameldataverse.changes.harness;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.impl.engine.DefaultInflightRepository;
import org.apache.camel.support.ScheduledPollConsumer;

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
        long end = System.nanoTime() + PATIENCE.toNanos();
        boolean shutdown = Thread.currentThread().getName().contains(SHUTDOWN);
        while (shutdown && isBusy(routeId) && System.nanoTime() < end) {
            LockSupport.parkNanos(STEP.toNanos());
            shutdown = !Thread.currentThread().isInterrupted();
        }
        return super.size(routeId);
    }

    private boolean isBusy(String routeId) {
        Route route = context.getRoute(routeId);
        return super.size(routeId) > 0
                || route != null && route.getConsumer() instanceof ScheduledPollConsumer reader && reader.isPolling();
    }
}
