package io.github.cameldataverse.changes;

import io.github.cameldataverse.changes.delivery.PageDelivery;
import io.github.cameldataverse.changes.http.ServiceFault;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.webapi.TableDefinition;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer has between its start and its stop: its name among the subscriptions of the context, the connection,
 * and the corridor once the table is known. The poll thread walks; any thread may interrupt or close.
 */
final class Reading implements AutoCloseable {

    private final DataverseChangesComponent component;
    private final Subscription subscription;
    private final String taken;
    private final Connection connection;
    private final RouteOutlet outlet;
    private final RoundLog log;
    private final Clock clock;
    private @Nullable Corridor corridor;

    /**
     * @throws IllegalStateException if another consumer of the context reads this subscription
     * @throws Exception as the token repository or Camel's HTTP component throws it; nothing stays open then
     */
    static Reading open(
            DataverseChangesComponent component,
            Subscription subscription,
            RouteOutlet outlet,
            RoundLog log,
            Clock clock)
            throws Exception {
        String origin = subscription.organization().toString();
        String name = subscription.id(origin, subscription.table()).toString();
        component.take(name);
        try {
            CamelContext context = component.getCamelContext();
            TokenRepositories.start(context, subscription.repository());
            if (subscription.fullLoads().knownIds()) {
                KnownRecords.required(subscription.repository(), subscription.id(origin, subscription.table()));
            }
            return new Reading(
                    component, subscription, name, Connection.open(context, subscription), outlet, log, clock);
        } catch (Exception e) {
            component.giveBack(name);
            throw e;
        }
    }

    private Reading(
            DataverseChangesComponent component,
            Subscription subscription,
            String taken,
            Connection connection,
            RouteOutlet outlet,
            RoundLog log,
            Clock clock) {
        this.component = component;
        this.subscription = subscription;
        this.taken = taken;
        this.connection = connection;
        this.outlet = outlet;
        this.log = log;
        this.clock = clock;
    }

    /** The corridor; the first call looks the table up. */
    Corridor corridor() throws ServiceFault {
        Corridor built = corridor;
        if (built == null) {
            built = build(connection.tracking().table(subscription.table()));
            corridor = built;
        }
        return built;
    }

    private Corridor build(TableDefinition table) {
        SubscriptionId id = subscription.id(connection.origin(), table.logicalName());
        KnownRecords known = subscription.fullLoads().knownIds()
                ? KnownRecords.keep(subscription.repository(), id)
                : KnownRecords.look(subscription.repository(), id);
        CheckpointKeeper checkpoints = new CheckpointKeeper(
                subscription.repository(),
                known,
                FullLoadGate.of(subscription),
                id,
                subscription.query().fingerprint(),
                subscription.start(),
                clock);
        PageDelivery delivery = new PageDelivery(outlet, subscription.delivery().breakOnFirstError());
        return new Corridor(subscription, connection.tracking(), table, checkpoints, delivery, log);
    }

    /** A request under way may take minutes, and the route is to stop in seconds. An exchange under way is waited for. */
    void interrupt() {
        connection.interrupt();
    }

    void resume() {
        connection.resume();
    }

    boolean isInterrupted() {
        return connection.isInterrupted();
    }

    @Override
    public void close() {
        connection.close();
        component.giveBack(taken);
    }
}
