package io.github.cameldataverse.changes;

import static io.github.cameldataverse.changes.internal.ReaderLog.LOG;

import io.github.cameldataverse.changes.api.NotAcceptedException;
import io.github.cameldataverse.changes.internal.delivery.ChangeExchange;
import io.github.cameldataverse.changes.internal.delivery.ExchangeSender;
import io.github.cameldataverse.changes.internal.delivery.NotCommittedException;
import io.github.cameldataverse.changes.internal.status.FaultLog;
import io.github.cameldataverse.changes.internal.status.InflightExchange;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.support.BridgeExceptionHandlerToErrorHandler;

/** Sends exchanges into the route of a consumer, and tells its exception handler of failures. */
final class RouteSender implements ExchangeSender {

    private static final int KEYS_OF_A_LINE = 100;

    private final DataverseChangesConsumer consumer;
    private final InflightExchange inflight;

    RouteSender(DataverseChangesConsumer consumer, InflightExchange inflight) {
        this.consumer = consumer;
        this.inflight = inflight;
    }

    @Override
    public boolean mayGoOn() {
        return consumer.mayGoOn();
    }

    @Override
    public Exchange newExchange() {
        return consumer.createExchange(false);
    }

    @Override
    public void send(ChangeExchange change, Exchange exchange) {
        inflight.begins(change.name());
        try {
            consumer.getProcessor().process(exchange);
            if (!exchange.isFailed()) {
                consumer.accepted();
            }
        } catch (Exception e) {
            exchange.setException(e);
        } finally {
            inflight.ends();
        }
    }

    @Override
    public void release(Exchange exchange) {
        consumer.releaseExchange(exchange, false);
    }

    @Override
    public void passedOver(ChangeExchange change, Throwable failure) {
        report("The route failed on " + change.name() + ", which is passed over (breakOnFirstError=false)", failure);
        List<String> keys = change.keys();
        for (int from = 0; from < keys.size(); from += KEYS_OF_A_LINE) {
            List<String> some = keys.subList(from, Math.min(from + KEYS_OF_A_LINE, keys.size()));
            LOG.warn("{}: passed over: {}", consumer.subscription(), String.join(", ", some));
        }
    }

    @Override
    public void failedBehindItsCommit(ChangeExchange change, Throwable failure) {
        String sentence = "the route failed on " + change.name()
                + " when its transaction was committed already, so it counts as delivered: " + failure;
        if (consumer.getExceptionHandler() instanceof FaultLog log) {
            log.behindItsCommit(sentence);
        } else {
            LOG.warn("{}: {}", consumer.subscription(), sentence);
        }
    }

    /** Tells that the route failed on a change at which the page stops. */
    void refused(NotAcceptedException refusal) {
        if (consumer.getExceptionHandler() instanceof FaultLog log) {
            log.refused(refusal);
        } else {
            report(String.valueOf(refusal.getMessage()), refusal.failure());
        }
    }

    /** Tells that the route has not committed what it accepted; no error handler of a route has seen that. */
    void notCommitted(NotCommittedException refusal) {
        if (consumer.getExceptionHandler() instanceof FaultLog log) {
            log.notCommitted(refusal);
        } else {
            consumer.getExceptionHandler()
                    .handleException(consumer.subscription() + ": " + refusal.getMessage(), refusal);
        }
    }

    /**
     * Tells the consumer's exception handler. One that bridges to the route's error handler is not told: the error
     * handler has dealt with this failure already.
     */
    private void report(String sentence, Throwable failure) {
        if (consumer.getExceptionHandler() instanceof BridgeExceptionHandlerToErrorHandler) {
            LOG.warn("{}: {}", consumer.subscription(), sentence);
        } else {
            consumer.getExceptionHandler().handleException(consumer.subscription() + ": " + sentence, failure);
        }
    }
}
