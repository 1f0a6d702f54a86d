package io.github.cameldataverse.changes.behaviour.pattern;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.builder.Builder;
import org.apache.camel.builder.ValueBuilder;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.support.ExpressionAdapter;
import org.jspecify.annotations.Nullable;

/** The steps that a shape is built around: they fail or hang for one change, and take every other. */
final class Sink {

    private static final String RUN = "run";

    private final String refused;
    private final CountDownLatch released = new CountDownLatch(1);

    /** @param refused id of the record whose change is not taken */
    Sink(String refused) {
        this.refused = refused;
    }

    boolean isTheOne(Exchange exchange) {
        return refused.equals(exchange.getMessage().getHeader(DataverseChangesConstants.ID));
    }

    void fails(Exchange exchange) {
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

    void release() {
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

    static ProcessorDefinition<?> failing(ProcessorDefinition<?> route, Sink sink) {
        return route.process(sink::fails);
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
