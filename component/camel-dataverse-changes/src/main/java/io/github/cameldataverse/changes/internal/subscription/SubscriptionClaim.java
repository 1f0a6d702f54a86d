package io.github.cameldataverse.changes.internal.subscription;

import io.github.cameldataverse.changes.token.SubscriptionId;
import java.util.HashSet;
import java.util.Set;

/**
 * The subscriptions that one consumer has for itself among those of its Camel context: a second consumer would fight
 * with it over every page. They can be several, because a table has two names. Thread-safe.
 */
public final class SubscriptionClaim implements AutoCloseable {

    private final Set<String> taken;
    private final Set<String> mine = new HashSet<>();
    private boolean closed;

    /** @param taken what all consumers of the context have; thread-safe */
    public SubscriptionClaim(Set<String> taken) {
        this.taken = taken;
    }

    /**
     * Takes a subscription, unless this consumer has it. After the close, a poll that is still under way takes nothing.
     *
     * @throws TakenException if another consumer of the context has it
     */
    public synchronized void take(SubscriptionId subscription) {
        String name = subscription.toString();
        if (closed || mine.contains(name)) {
            return;
        }
        if (!taken.add(name)) {
            throw new TakenException(name);
        }
        mine.add(name);
    }

    /** Gives a subscription back, if this consumer has it. */
    public synchronized void giveBack(SubscriptionId subscription) {
        String name = subscription.toString();
        if (mine.remove(name)) {
            taken.remove(name);
        }
    }

    /** Gives everything back. */
    @Override
    public synchronized void close() {
        closed = true;
        taken.removeAll(mine);
    }

    /** Another consumer has the subscription. */
    public static final class TakenException extends IllegalStateException {

        private static final long serialVersionUID = 1L;

        TakenException(String name) {
            super("Another consumer of this Camel context already reads " + name
                    + "; give one of them a name of its own with the option subscription");
        }
    }
}
