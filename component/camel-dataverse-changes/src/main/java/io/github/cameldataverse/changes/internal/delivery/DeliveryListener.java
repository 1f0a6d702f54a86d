package io.github.cameldataverse.changes.internal.delivery;

import org.apache.camel.Exchange;

/** Is told what becomes of the exchanges of a page, one after the other, by the thread that delivers them. */
public interface DeliveryListener {

    /** Where an exchange stands among those that are delivered together. */
    enum Position {
        FOLLOWED_BY_ANOTHER,
        LAST
    }

    /** An exchange is about to be sent. */
    default void begins(ChangeExchange change, Position position, Exchange exchange) {}

    /** The route has answered, or the exchange could not be sent. */
    default void ends() {}

    /** The route has failed. Whether what it did is committed all the same, so that the exchange counts as accepted. */
    default boolean isStored(ChangeExchange change) {
        return false;
    }

    /** The page stops here, because the route failed. May throw what says more about the failure than the route's does. */
    default void stops() {}

    /** The route has accepted the exchange. */
    void accepted(ChangeExchange change);

    /** The exchange is passed over after a failure, because the user asked not to stop. */
    void skipped(ChangeExchange change);
}
