package io.github.cameldataverse.changes.example;

import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeCompletedEvent;
import org.apache.camel.support.EventNotifierSupport;

/** What came to the end of each route: one line for an exchange that its sink took. The dead letters are no sink. */
@Singleton
@Unremovable
class Journal extends EventNotifierSupport {

    private record Line(String route, String key) {}

    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final Map<Line, Hold> holds = new ConcurrentHashMap<>();

    /** A route that stands behind one exchange, until a test lets it go on. */
    record Hold(CountDownLatch reached, CountDownLatch released) {

        private void stand() {
            reached.countDown();
            try {
                if (!released.await(1, TimeUnit.MINUTES)) {
                    throw new IllegalStateException("The test has not let the route go on");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Holds a route when it has taken a change. */
    Hold hold(String route, String key) {
        Hold hold = new Hold(new CountDownLatch(1), new CountDownLatch(1));
        holds.put(new Line(route, key), hold);
        return hold;
    }

    /** The keys of the changes that a route took, in their order. */
    List<String> keys(String route) {
        return lines.stream()
                .filter(line -> line.route.equals(route))
                .map(Line::key)
                .toList();
    }

    @Override
    public boolean isEnabled(CamelEvent event) {
        return event instanceof ExchangeCompletedEvent;
    }

    @Override
    public void notify(CamelEvent event) {
        Exchange exchange = ((ExchangeCompletedEvent) event).getExchange();
        if (hasArrived(exchange)) {
            Line line = new Line(exchange.getFromRouteId(), key(exchange.getMessage()));
            lines.add(line);
            Optional.ofNullable(holds.remove(line)).ifPresent(Hold::stand);
        }
    }

    /** Not what a test has sent by a template, and not what the dead letters have taken. */
    private static boolean hasArrived(Exchange exchange) {
        return exchange.getFromRouteId() != null && exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT) == null;
    }

    /** A message of the queue has the key as a property of its own. */
    private static String key(Message message) {
        String key = message.getHeader("CamelDataverseChangesKey", String.class);
        return key != null ? key : message.getHeader("key", "", String.class);
    }
}
