package io.github.cameldataverse.changes.lab.model;

import io.github.cameldataverse.changes.ConsumerAccess;
import io.github.cameldataverse.changes.DataverseChangesEndpoint;
import io.github.cameldataverse.changes.internal.status.ReaderStatus;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.ScheduledPollConsumer;
import org.jspecify.annotations.Nullable;

/** One reader of a model walk, from its start to its stop or its death; polls when it is told to. */
final class ModelReader implements AutoCloseable {

    static final int PAGE = 3;
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final int NEVER = -1;

    private final ModelTokenRepository tokens;
    private final ModelSink sink;
    private final ScheduledPollConsumer consumer;
    private int failAt = NEVER;
    private int meetAt = NEVER;
    private Runnable meeting = () -> {};

    ModelReader(CamelContext context, String organization, DeltaTokenRepository store, ModelSink sink)
            throws Exception {
        this.tokens = new ModelTokenRepository(store);
        this.sink = sink;
        String bean = "tokens" + NAMES.incrementAndGet();
        context.getRegistry().bind(bean, tokens.asRepository());
        // Not in the context's registry of endpoints, where they would gather.
        DataverseChangesEndpoint endpoint = (DataverseChangesEndpoint) context.getComponent("dataverse-changes")
                .createEndpoint("dataverse-changes:account?organizationUrl=" + organization
                        + "&allowInsecure=true&accessToken=demo&select=name&maxPageSize=" + PAGE
                        + "&maxRetries=0&startScheduler=false&delay=1&onTokenExpired=resync&idempotentRepository=#"
                        + bean);
        consumer = (ScheduledPollConsumer) endpoint.createConsumer(this::take);
        consumer.setExceptionHandler(new org.apache.camel.support.LoggingExceptionHandler(
                context, ModelReader.class, org.apache.camel.LoggingLevel.TRACE));
        consumer.start();
    }

    private void take(Exchange exchange) {
        tokens.pass();
        if (failAt-- == 0) {
            throw new IllegalStateException("the route fails");
        }
        sink.take(exchange.getMessage());
        if (meetAt-- == 0) {
            meeting.run();
        }
        tokens.pass();
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

    boolean isUp() {
        return ConsumerAccess.status(consumer).word() == ReaderStatus.Word.UP;
    }

    /** Rows of the round in hand that are behind the checkpoint. */
    int rowsOfTheRound() {
        @Nullable Checkpoint checkpoint = ConsumerAccess.checkpoint(consumer);
        return checkpoint == null ? 0 : (int) checkpoint.rows();
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
    }
}
