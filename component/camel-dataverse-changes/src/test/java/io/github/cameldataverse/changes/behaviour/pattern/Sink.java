package io.github.cameldataverse.changes.behaviour.pattern;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.builder.Builder;
import org.apache.camel.builder.ValueBuilder;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.ExpressionAdapter;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.jspecify.annotations.Nullable;

/** The steps that a shape is built around: they fail or hang for one change, and take every other. */
public final class Sink implements AutoCloseable {

    private static final String RUN = "run";

    private final String refused;
    private final AtomicInteger struck = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);

    /** @param refused id of the record whose change is not taken */
    Sink(String refused) {
        this.refused = refused;
    }

    boolean isTheOne(Exchange exchange) {
        boolean one = refused.equals(exchange.getMessage().getHeader(DataverseChangesConstants.ID));
        if (one) {
            struck.incrementAndGet();
        }
        return one;
    }

    /** How many times the change has come here. */
    int struck() {
        return struck.get();
    }

    /** Public for {@code bean}. */
    public void fails(Exchange exchange) {
        if (isTheOne(exchange)) {
            throw new IllegalStateException("The sink is down");
        }
    }

    /** Until the test is over. */
    void hangs(Exchange exchange) throws InterruptedException {
        if (isTheOne(exchange)) {
            released.await(1, TimeUnit.MINUTES);
        }
    }

    @Override
    public void close() {
        released.countDown();
    }

    Expression failingExpression() {
        return new ExpressionAdapter() {
            @Override
            public Object evaluate(Exchange exchange) {
                fails(exchange);
                return "good";
            }
        };
    }

    DataFormat failingFormat() {
        return new DataFormat() {
            @Override
            public void marshal(Exchange exchange, Object graph, OutputStream stream) {
                fails(exchange);
            }

            @Override
            public Object unmarshal(Exchange exchange, InputStream stream) {
                fails(exchange);
                return "good";
            }

            @Override
            public void start() {}

            @Override
            public void stop() {}
        };
    }

    static ProcessorDefinition<?> failing(ProcessorDefinition<?> route, Sink sink) {
        return route.process(sink::fails);
    }

    static ValueBuilder parts() {
        return new ValueBuilder((Expression) Builder.constant("a,b").tokenize(","));
    }

    static IdempotentRepository memory() {
        return MemoryIdempotentRepository.memoryIdempotentRepository();
    }

    static ValueBuilder key() {
        return Builder.header(DataverseChangesConstants.KEY);
    }

    /** For a dynamic router, which asks until it gets null. */
    static ValueBuilder once(String target) {
        return new ValueBuilder(new ExpressionAdapter() {
            @Override
            public @Nullable Object evaluate(Exchange exchange) {
                return isFirstRun(exchange) ? target : null;
            }
        });
    }

    static boolean isFirstRun(Exchange exchange) {
        boolean first = exchange.getProperty(RUN) == null;
        exchange.setProperty(RUN, true);
        return first;
    }

    /** Aggregates to the first one that did not fail. */
    static @Nullable Exchange good(@Nullable Exchange old, Exchange next) {
        return old == null && next.getException() == null ? next : old;
    }

    /** Aggregates to an exchange without the failure. */
    static Exchange original(@Nullable Exchange old, Exchange next) {
        next.setException(null);
        return next;
    }

    /** Aggregates to what was there before. */
    static Exchange kept(Exchange old, @Nullable Exchange next) {
        old.setException(null);
        return old;
    }
}
