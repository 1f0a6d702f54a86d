package io.github.cameldataverse.changes.internal.delivery;

import org.apache.camel.Exchange;

/** The way into the route. */
public interface ExchangeSender {

    /** Whether one more exchange may begin: false once the route is to stop. */
    boolean mayGoOn();

    /** A new exchange, to be given back by {@link #release}. */
    Exchange newExchange();

    /** Sends the exchange, which carries this, and waits for the route's answer, which stands in the exchange. */
    void send(ChangeExchange change, Exchange exchange);

    /** Gives the exchange back. */
    void release(Exchange exchange);

    /** Tells that a change is passed over after a failure, because the user asked not to stop. */
    void passedOver(ChangeExchange change, Throwable failure);

    /** Tells that the route failed behind the commit of its transaction, so that the change counts as delivered. */
    void failedBehindItsCommit(ChangeExchange change, Throwable failure);
}
