package io.github.cameldataverse.changes.benchmarks.store;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Where a route ends. */
interface Sink extends Processor {

    @Override
    void process(Exchange exchange);

    /** Takes everything at once. */
    Sink NOTHING = exchange -> {};

    /** Takes so long for each exchange, whatever that holds. */
    static Sink waiting(Duration perExchange) {
        return exchange -> {
            long until = System.nanoTime() + perExchange.toNanos();
            for (long left = perExchange.toNanos(); left > 0; left = until - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        };
    }
}
