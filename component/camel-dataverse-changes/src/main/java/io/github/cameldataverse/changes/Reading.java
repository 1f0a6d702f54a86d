package io.github.cameldataverse.changes;

import io.github.cameldataverse.changes.delivery.PageDelivery;
import io.github.cameldataverse.changes.http.RequestBudget;
import io.github.cameldataverse.changes.http.ServiceFault;
import io.github.cameldataverse.changes.source.TableDefinition;
import io.github.cameldataverse.changes.token.SubscriptionId;
import java.time.Clock;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer has between its start and its stop: its name among the subscriptions of the context, the connection,
 * and the corridor once the table is known. The poll thread walks; any thread may interrupt or close.
 */
final class Reading implements AutoCloseable {

    private final Subscription subscription;
    private final Claim claim;
    private final Connection connection;
    private final RouteOutlet outlet;
    private final TokenExpiry expiry;
    private final RoundLog log;
    private final Clock clock;
    private @Nullable TableDefinition table;
    private @Nullable Corridor corridor;

    /**
     * @throws Claim.TakenException if another consumer of the context reads this subscription
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
        Claim claim = component.claim();
        try {
            // Whichever of its two names this is, it is the only one known before the organization is asked.
            claim.take(subscription.id(origin, subscription.table()));
            CamelContext context = component.getCamelContext();
            TokenRepositories.start(context, subscription.repository());
            if (subscription.fullLoads().knownIds()) {
                KnownRecords.required(subscription.repository(), subscription.id(origin, subscription.table()));
            }
            return new Reading(subscription, claim, open(component, subscription), outlet, log, clock);
        } catch (Exception e) {
            claim.close();
            throw e;
        }
    }

    private static Connection open(DataverseChangesComponent component, Subscription subscription) throws Exception {
        return Connection.open(component.getCamelContext(), subscription, component.budget(subscription));
    }

    private Reading(
            Subscription subscription,
            Claim claim,
            Connection connection,
            RouteOutlet outlet,
            RoundLog log,
            Clock clock) {
        this.subscription = subscription;
        this.claim = claim;
        this.connection = connection;
        this.outlet = outlet;
        this.expiry = new TokenExpiry(subscription, connection, clock);
        this.log = log;
        this.clock = clock;
    }

    /**
     * The corridor; the first call looks the table up.
     *
     * @throws Claim.TakenException if another consumer of the context reads the same table under its other name
     */
    Corridor corridor() throws ServiceFault {
        Corridor built = corridor;
        if (built == null) {
            TableDefinition found = table();
            claim.take(subscription.id(connection.origin(), found.logicalName()));
            built = build(found);
            corridor = built;
        }
        return built;
    }

    /** Looks at everything that a reader needs. */
    PreflightReport preflight(CamelContext context) {
        return new PreflightChecks(context, subscription, connection, clock).run();
    }

    private TableDefinition table() throws ServiceFault {
        TableDefinition known = table;
        if (known == null) {
            known = connection.source().table(subscription.table());
            table = known;
        }
        return known;
    }

    private Corridor build(TableDefinition definition) {
        SubscriptionId id = subscription.id(connection.origin(), definition.logicalName());
        KnownRecords known = subscription.fullLoads().knownIds()
                ? KnownRecords.keep(subscription.repository(), id)
                : KnownRecords.look(subscription.repository(), id);
        CheckpointKeeper checkpoints = CheckpointKeeper.of(subscription, id, known, clock);
        PageDelivery delivery = new PageDelivery(outlet, subscription.delivery().breakOnFirstError());
        return new Corridor(subscription, connection.source(), definition, checkpoints, delivery, expiry, log);
    }

    /** Watches over the age of the token. */
    TokenExpiry expiry() {
        return expiry;
    }

    /** A request under way may take minutes, and the route is to stop in seconds. An exchange under way is waited for. */
    void interrupt() {
        connection.interrupt();
    }

    void resume() {
        connection.resume();
    }

    /** The wait of the request in hand for its turn, if it is a long one. */
    Optional<RequestBudget.Wait> longWait() {
        return connection.longWait();
    }

    boolean isInterrupted() {
        return connection.isInterrupted();
    }

    @Override
    public void close() {
        connection.close();
        claim.close();
    }
}
