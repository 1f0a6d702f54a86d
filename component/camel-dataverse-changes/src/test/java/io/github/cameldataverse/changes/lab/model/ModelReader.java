package io.github.cameldataverse.changes.lab.model;

import io.github.cameldataverse.changes.ConsumerAccess;
import io.github.cameldataverse.changes.DataverseChangesEndpoint;
import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.api.ManualCommit;
import io.github.cameldataverse.changes.internal.status.ReaderStatus;
import io.github.cameldataverse.changes.token.Checkpoint;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.ScheduledPollConsumer;
import org.jspecify.annotations.Nullable;

/** One reader of a model walk, from its start to its stop or its death; polls when it is told to. */
final class ModelReader implements AutoCloseable {

    static final int PAGE = 3;
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final ScheduledExecutorService IDLE = Executors.newSingleThreadScheduledExecutor();
    private static final int NEVER = -1;
    private static final int DELIVERIES = 3;

    private final ModelTokenRepository tokens;
    private final ModelStore store;
    private final ModelSink sink;
    private final CamelContext context;
    private final String bean = "tokens" + NAMES.incrementAndGet();
    private final ScheduledPollConsumer consumer;
    private int failAt = NEVER;
    private int redeliverAt = NEVER;
    private int loseAt = NEVER;
    private int meetAt = NEVER;
    private Runnable meeting = () -> {};

    /** @param options of the endpoint, from organizationUrl on */
    ModelReader(CamelContext context, String options, ModelStore store, ModelSink sink) throws Exception {
        this.tokens = new ModelTokenRepository(store.repository());
        this.store = store;
        this.sink = sink;
        this.context = context;
        context.getRegistry().bind(bean, tokens.asRepository());
        // Not in the context's registry of endpoints, where they would gather.
        DataverseChangesEndpoint endpoint = (DataverseChangesEndpoint) context.getComponent("dataverse-changes")
                .createEndpoint("dataverse-changes:account?" + options
                        + "&allowInsecure=true&accessToken=demo&select=name&maxPageSize=" + PAGE
                        + "&maxRetries=0&startScheduler=false&delay=1&onTokenExpired=resync&idempotentRepository=#"
                        + bean);
        consumer = (ScheduledPollConsumer) endpoint.createConsumer(this::take);
        consumer.setExceptionHandler(new org.apache.camel.support.LoggingExceptionHandler(
                context, ModelReader.class, org.apache.camel.LoggingLevel.TRACE));
        // It polls when it is told to, and each scheduler would be a pool of threads, named with great pains.
        consumer.setScheduledExecutorService(IDLE);
        consumer.start();
    }

    /** The route: it delivers once more by itself where it is told to, or where a transaction comes to a bad end. */
    private void take(Exchange exchange) {
        tokens.pass();
        if (failAt-- == 0) {
            throw new IllegalStateException("the route fails");
        }
        boolean redelivers = redeliverAt-- == 0;
        boolean loses = loseAt-- == 0;
        if (loses) {
            store.transactions().loseTheNextAnswer();
        }
        for (int delivery = 1; ; delivery++) {
            try {
                deliver(exchange, redelivers && delivery == 1);
                return;
            } catch (RuntimeException e) {
                if (tokens.isDead() || delivery == DELIVERIES || !redelivers && !loses) {
                    throw e;
                }
            }
        }
    }

    private void deliver(Exchange exchange, boolean fails) {
        if (store.isTransactional()) {
            store.transactions().run(() -> write(exchange, fails));
        } else if (fails) {
            throw new IllegalStateException("the first delivery fails");
        } else {
            sink.take(exchange);
            meet();
            tokens.pass();
        }
    }

    private void write(Exchange exchange, boolean fails) {
        store.transactions().effect(() -> sink.take(exchange));
        meet();
        exchange.getProperty(DataverseChangesConstants.MANUAL_COMMIT, ManualCommit.class)
                .commit();
        tokens.pass();
        if (fails) {
            throw new IllegalStateException("the first transaction is rolled back");
        }
    }

    private void meet() {
        if (meetAt-- == 0) {
            meeting.run();
        }
    }

    /** The number of exchanges; -1 if it is not known because the poll failed or did not take place. */
    int poll() {
        try {
            return ConsumerAccess.poll(consumer);
        } catch (Exception e) {
            return -1;
        }
    }

    /** The route fails at the n-th exchange of this poll. */
    void pollFailingAt(int nth) {
        failAt = nth;
        poll();
        failAt = NEVER;
    }

    void pollRedeliveringAt(int nth) {
        redeliverAt = nth;
        poll();
        redeliverAt = NEVER;
    }

    /** The answer to the commit of the n-th exchange is lost, and the route redelivers. */
    void pollLosingAnAnswerAt(int nth) {
        loseAt = nth;
        poll();
        loseAt = NEVER;
    }

    /** Something happens behind the effect of the n-th exchange of this poll. */
    void pollMeetingAt(int nth, Runnable something) {
        meetAt = nth;
        meeting = something;
        poll();
        meetAt = NEVER;
    }

    /** Dies behind so many steps; whether it came to that. */
    boolean pollDyingAfter(int steps) {
        tokens.dieAfter(steps);
        poll();
        tokens.dieAfter(Integer.MAX_VALUE);
        return tokens.isDead();
    }

    /** Whether the route has accepted what could not be written. */
    boolean isBehind() {
        return tokens.isBehind();
    }

    boolean isUp() {
        return ConsumerAccess.status(consumer).word() == ReaderStatus.Word.UP;
    }

    long revision() {
        @Nullable Checkpoint checkpoint = ConsumerAccess.checkpoint(consumer);
        return checkpoint == null ? 0 : checkpoint.revision();
    }

    String sentence() {
        return ConsumerAccess.status(consumer).toString();
    }

    @Override
    public void close() {
        consumer.stop();
        context.getRegistry().unbind(bean);
    }
}
