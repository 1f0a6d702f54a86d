package io.github.cameldataverse.changes;

import static io.github.cameldataverse.changes.internal.ReaderLog.LOG;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.internal.delivery.ChangeExchange;
import io.github.cameldataverse.changes.internal.delivery.ExchangeSender;
import io.github.cameldataverse.changes.internal.status.InflightExchange;
import org.apache.camel.Exchange;
import org.apache.camel.support.BridgeExceptionHandlerToErrorHandler;
import org.jspecify.annotations.Nullable;

/** Sends exchanges into the route of a consumer, and tells its exception handler of failures. */
final class RouteSender implements ExchangeSender {

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
    public void send(Exchange exchange) {
        inflight.begins(nameOf(exchange));
        try {
            consumer.getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        } finally {
            inflight.ends();
        }
    }

    private static String nameOf(Exchange exchange) {
        @Nullable String key = exchange.getMessage().getHeader(DataverseChangesConstants.KEY, String.class);
        return key == null ? "a page" : "the change " + key;
    }

    @Override
    public void release(Exchange exchange) {
        consumer.releaseExchange(exchange, false);
    }

    @Override
    public void passedOver(ChangeExchange change, Throwable failure) {
        report("The route failed on " + change.name() + ", which is passed over (breakOnFirstError=false)", failure);
    }

    /**
     * Tells the consumer's exception handler. One that bridges to the route's error handler is not told: the error
     * handler has dealt with this failure already.
     */
    void report(String sentence, Throwable failure) {
        if (consumer.getExceptionHandler() instanceof BridgeExceptionHandlerToErrorHandler) {
            LOG.warn("{}: {}", consumer.subscription(), sentence);
        } else {
            consumer.getExceptionHandler().handleException(consumer.subscription() + ": " + sentence, failure);
        }
    }
}
