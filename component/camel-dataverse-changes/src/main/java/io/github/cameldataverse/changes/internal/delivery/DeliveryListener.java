package io.github.cameldataverse.changes.internal.delivery;

import org.apache.camel.Exchange;

/** What is written down of a page while its exchanges go through the route. */
public interface DeliveryListener {

    /**
     * An exchange is about to be sent.
     *
     * @param last whether it is the last one of the page
     */
    default void begins(ChangeExchange parcel, boolean last, Exchange exchange) {}

    /** The route has answered, or the exchange could not be sent. */
    default void ends() {}

    /** The page stops here, because the route failed. May throw what says more about the failure than the route's does. */
    default void stops() {}

    /** Notes that what a parcel carries was accepted; survives a crash where the repository is durable. */
    void accepted(ChangeExchange parcel);

    /** Notes that a parcel is passed over after a failure, because the user asked not to stop. */
    void skipped(ChangeExchange parcel);
}
