package io.github.cameldataverse.changes.harness;

import io.github.cameldataverse.changes.ConsumerAccess;
import io.github.cameldataverse.changes.internal.status.ReaderStatus;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import org.apache.camel.Consumer;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.LoggingExceptionHandler;
import org.apache.camel.support.ScheduledPollConsumer;
import org.jspecify.annotations.Nullable;

/** A reader in a CamelContext of its own that polls when it is told to: two of them are where a test wants them to be. */
public final class PolledReader implements AutoCloseable {

    private static final int FAILED = -1;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Consumer consumer;

    /**
     * @param options further ones of the endpoint, each with its ampersand before it
     * @param tokens may be another reader's too: it is started and stopped by the test
     * @param route what becomes of each exchange
     */
    public PolledReader(DataverseSimulator simulator, String options, IdempotentRepository tokens, Processor route)
            throws Exception {
        context.disableJMX();
        context.getRegistry().bind("tokens", unowned(tokens));
        context.start();
        consumer = context.getEndpoint("dataverse-changes:account?organizationUrl=" + simulator.organizationUrl()
                        + "&allowInsecure=true&accessToken=demo&select=name&maxRetries=0&startScheduler=false&delay=1"
                        + "&idempotentRepository=#tokens" + options)
                .createConsumer(route);
        ((ScheduledPollConsumer) consumer)
                .setExceptionHandler(new LoggingExceptionHandler(context, PolledReader.class, LoggingLevel.DEBUG));
        consumer.start();
    }

    /** The repository for a context that neither starts nor stops it. */
    public static IdempotentRepository unowned(IdempotentRepository tokens) {
        return tokens instanceof DeltaTokenRepository
                ? unowned(DeltaTokenRepository.class, tokens)
                : unowned(IdempotentRepository.class, tokens);
    }

    private static <T> T unowned(Class<T> type, Object tokens) {
        return InterceptingProxy.to(
                type,
                tokens,
                (method, made) ->
                        method.getName().equals("start") || method.getName().equals("stop") ? null : made.call());
    }

    /** Polls once. The number of exchanges; -1 if it is not known because the poll failed or did not take place. */
    public int poll() {
        try {
            return ConsumerAccess.poll(consumer);
        } catch (Exception e) {
            return FAILED;
        }
    }

    /** Polls until there is nothing more to read. */
    public void pollToTheEnd() {
        int polls = 0;
        while (poll() != 0) {
            if (polls++ > 100) {
                throw new AssertionError("The reader comes to no end: " + status());
            }
        }
    }

    public ReaderStatus status() {
        return ConsumerAccess.status(consumer);
    }

    public @Nullable Checkpoint checkpoint() {
        return ConsumerAccess.checkpoint(consumer);
    }

    @Override
    public void close() {
        consumer.stop();
        context.stop();
    }
}
