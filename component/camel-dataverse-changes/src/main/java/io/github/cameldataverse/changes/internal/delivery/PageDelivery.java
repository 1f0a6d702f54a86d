package io.github.cameldataverse.changes.internal.delivery;

import io.github.cameldataverse.changes.api.NotAcceptedException;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.RollbackExchangeException;
import org.jspecify.annotations.Nullable;

/**
 * Delivers a page, one exchange after the other: the next one begins when the route has answered for the one before.
 * Accepted means that the exchange came back without an unhandled failure. For one thread at a time.
 */
public final class PageDelivery {

    private final ExchangeSender outlet;
    private final boolean breakOnFirstError;

    /** @param breakOnFirstError whether a failure that the route did not handle stops the page */
    public PageDelivery(ExchangeSender outlet, boolean breakOnFirstError) {
        this.outlet = outlet;
        this.breakOnFirstError = breakOnFirstError;
    }

    /**
     * What became of a page.
     *
     * @param sent exchanges that were accepted or passed over
     * @param whole whether that is all of them
     */
    public record Delivered(int sent, boolean whole) {

        /** This and what follows it, which begins only if this is whole. */
        public Delivered then(Next next) throws NotAcceptedException {
            if (!whole) {
                return this;
            }
            Delivered more = next.deliver();
            return new Delivered(sent + more.sent, more.whole);
        }
    }

    /** What is delivered behind something else. */
    public interface Next {
        Delivered deliver() throws NotAcceptedException;
    }

    /** @throws NotAcceptedException at the first failure that stops the page */
    public Delivered deliver(List<ChangeExchange> parcels, DeliveryListener ledger) throws NotAcceptedException {
        for (int index = 0; index < parcels.size(); index++) {
            if (!outlet.mayGoOn()) {
                return new Delivered(index, false);
            }
            deliver(parcels.get(index), index, parcels.size(), ledger);
        }
        return new Delivered(parcels.size(), true);
    }

    private void deliver(ChangeExchange parcel, int index, int size, DeliveryListener ledger)
            throws NotAcceptedException {
        Throwable failure = failureOf(parcel, index, size, ledger);
        if (failure == null) {
            ledger.accepted(parcel);
        } else if (breakOnFirstError || failure instanceof Error) {
            // An Error speaks of the machine or of a missing class, and not of this change.
            ledger.stops();
            throw new NotAcceptedException(parcel.name(), failure);
        } else {
            outlet.passedOver(parcel, failure);
            ledger.skipped(parcel);
        }
    }

    private @Nullable Throwable failureOf(ChangeExchange parcel, int index, int size, DeliveryListener ledger) {
        Exchange exchange = outlet.newExchange();
        try {
            exchange.setProperty(ExchangePropertyKey.BATCH_INDEX, index);
            exchange.setProperty(ExchangePropertyKey.BATCH_SIZE, size);
            exchange.setProperty(ExchangePropertyKey.BATCH_COMPLETE, index == size - 1);
            parcel.fill(exchange);
            ledger.begins(parcel, index == size - 1, exchange);
            outlet.send(exchange);
            return failureIn(exchange);
        } catch (RuntimeException | Error e) {
            // Also of a body that cannot be made: the change is to be named, not the page.
            return e;
        } finally {
            ledger.ends();
            // A pooled exchange is another's from here on.
            outlet.release(exchange);
        }
    }

    private static @Nullable Throwable failureIn(Exchange exchange) {
        if (exchange.getException() != null) {
            return exchange.getException();
        }
        return exchange.isRollbackOnly() || exchange.isRollbackOnlyLast()
                ? new RollbackExchangeException("The route marked the exchange for rollback", exchange)
                : null;
    }
}
