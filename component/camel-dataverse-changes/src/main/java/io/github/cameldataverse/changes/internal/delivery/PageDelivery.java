package io.github.cameldataverse.changes.internal.delivery;

import io.github.cameldataverse.changes.api.NotAcceptedException;
import io.github.cameldataverse.changes.internal.delivery.DeliveryListener.Position;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.RollbackExchangeException;
import org.apache.camel.util.ObjectHelper;

/**
 * Delivers a page, one exchange after the other: the next one begins when the route has answered for the one before.
 * Accepted means that the exchange came back without an unhandled failure. For one thread at a time.
 */
public final class PageDelivery {

    private final ExchangeSender route;
    private final OnFailure onFailure;

    /** What follows a failure that the route did not handle. */
    public enum OnFailure {
        /** The page stops there, and the change comes again. */
        STOP,
        /** The change is passed over. */
        SKIP
    }

    public PageDelivery(ExchangeSender route, OnFailure onFailure) {
        this.route = route;
        this.onFailure = onFailure;
    }

    /**
     * What became of a page.
     *
     * @param sent exchanges that were accepted or passed over
     * @param whole whether that is all of them
     */
    public record Delivered(int sent, boolean whole) {

        /** This and what follows it, which begins only if this is whole. */
        public <X extends Exception> Delivered then(Next<X> next) throws NotAcceptedException, X {
            if (!whole) {
                return this;
            }
            Delivered more = next.deliver();
            return new Delivered(sent + more.sent, more.whole);
        }
    }

    /**
     * What is delivered behind something else.
     *
     * @param <X> what else may go wrong before it can be delivered
     */
    public interface Next<X extends Exception> {
        Delivered deliver() throws NotAcceptedException, X;
    }

    /** @throws NotAcceptedException at the first failure that stops the page */
    public Delivered deliver(List<ChangeExchange> changes, DeliveryListener listener) throws NotAcceptedException {
        for (int index = 0; index < changes.size(); index++) {
            if (!route.mayGoOn()) {
                return new Delivered(index, false);
            }
            deliver(changes.get(index), index, changes.size(), listener);
        }
        return new Delivered(changes.size(), true);
    }

    private void deliver(ChangeExchange change, int index, int size, DeliveryListener listener)
            throws NotAcceptedException {
        Optional<Throwable> failure = failureOf(change, index, size, listener);
        if (failure.isEmpty()) {
            listener.accepted(change);
        } else if (!(failure.get() instanceof Error) && listener.isStored(change)) {
            route.failedBehindItsCommit(change, failure.get());
            listener.accepted(change);
        } else if (onFailure == OnFailure.STOP || failure.get() instanceof Error) {
            // An Error speaks of the machine or of a missing class, and not of this change.
            listener.stops();
            throw stopped(change, failure.get(), listener);
        } else {
            route.passedOver(change, failure.get());
            listener.skipped(change);
        }
    }

    private static NotAcceptedException stopped(ChangeExchange change, Throwable failure, DeliveryListener listener) {
        return failure instanceof Error && listener.isStored(change)
                ? NotAcceptedException.behindItsCommit(change.name(), failure)
                : new NotAcceptedException(change.name(), failure);
    }

    private Optional<Throwable> failureOf(ChangeExchange change, int index, int size, DeliveryListener listener) {
        Exchange exchange = route.newExchange();
        try {
            exchange.setProperty(ExchangePropertyKey.BATCH_INDEX, index);
            exchange.setProperty(ExchangePropertyKey.BATCH_SIZE, size);
            exchange.setProperty(ExchangePropertyKey.BATCH_COMPLETE, index == size - 1);
            change.fill(exchange);
            listener.begins(change, index == size - 1 ? Position.LAST : Position.FOLLOWED_BY_ANOTHER, exchange);
            route.send(change, exchange);
            return failureIn(exchange);
        } catch (RuntimeException | Error e) {
            // Also of a body that cannot be made: the change is to be named, not the page.
            return Optional.of(e);
        } finally {
            listener.ends();
            // A pooled exchange is another's from here on.
            route.release(exchange);
        }
    }

    private static Optional<Throwable> failureIn(Exchange exchange) {
        if (exchange.getException() != null) {
            return Optional.of(thrown(exchange.getException()));
        }
        return exchange.isRollbackOnly() || exchange.isRollbackOnlyLast()
                ? Optional.of(new RollbackExchangeException("The route marked the exchange for rollback", exchange))
                : Optional.empty();
    }

    /** Camel and its users give an Error of a bean, or of a branch, back as the cause of an exception, or deeper. */
    private static Throwable thrown(Exception failure) {
        Error error = ObjectHelper.getException(Error.class, failure);
        return error == null ? failure : error;
    }
}
