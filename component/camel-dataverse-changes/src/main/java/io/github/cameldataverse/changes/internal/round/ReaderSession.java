package io.github.cameldataverse.changes.internal.round;

import io.github.cameldataverse.changes.DataverseChangesComponent;
import io.github.cameldataverse.changes.RouteSender;
import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.checkpoint.CheckpointKeeper;
import io.github.cameldataverse.changes.internal.checkpoint.KnownRecords;
import io.github.cameldataverse.changes.internal.checkpoint.TokenExpiry;
import io.github.cameldataverse.changes.internal.checkpoint.TokenRepositories;
import io.github.cameldataverse.changes.internal.delivery.PageDelivery;
import io.github.cameldataverse.changes.internal.http.budget.RequestBudget;
import io.github.cameldataverse.changes.internal.organization.OrganizationConnection;
import io.github.cameldataverse.changes.internal.preflight.PreflightChecks;
import io.github.cameldataverse.changes.internal.preflight.PreflightReport;
import io.github.cameldataverse.changes.internal.source.TableDefinition;
import io.github.cameldataverse.changes.internal.status.RoundLog;
import io.github.cameldataverse.changes.internal.subscription.Subscription;
import io.github.cameldataverse.changes.internal.subscription.SubscriptionClaim;
import io.github.cameldataverse.changes.token.SubscriptionId;
import java.time.Clock;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer has between its start and its stop: its name among the subscriptions of the context, the connection,
 * and the corridor once the table is known. The poll thread walks; any thread may interrupt or close.
 */
public final class ReaderSession implements AutoCloseable {

    private final Subscription subscription;
    private final SubscriptionClaim claim;
    private final OrganizationConnection connection;
    private final RouteSender outlet;
    private final TokenExpiry expiry;
    private final RoundLog log;
    private final Clock clock;
    private @Nullable TableDefinition table;
    private @Nullable RoundReader corridor;

    /**
     * @throws SubscriptionClaim.TakenException if another consumer of the context reads this subscription
     * @throws Exception as the token repository or Camel's HTTP component throws it; nothing stays open then
     */
    public static ReaderSession open(
            DataverseChangesComponent component,
            Subscription subscription,
            RouteSender outlet,
            RoundLog log,
            Clock clock)
            throws Exception {
        String origin = subscription.organization().toString();
        SubscriptionClaim claim = component.claim();
        try {
            // Whichever of its two names this is, it is the only one known before the organization is asked.
            claim.take(subscription.id(origin, subscription.table()));
            CamelContext context = component.getCamelContext();
            TokenRepositories.start(context, subscription.repository());
            if (subscription.fullLoads().knownIds()) {
                KnownRecords.required(subscription.repository(), subscription.id(origin, subscription.table()));
            }
            return new ReaderSession(subscription, claim, open(component, subscription), outlet, log, clock);
        } catch (Exception e) {
            claim.close();
            throw e;
        }
    }

    private static OrganizationConnection open(DataverseChangesComponent component, Subscription subscription)
            throws Exception {
        return OrganizationConnection.open(component.getCamelContext(), subscription, component.budget(subscription));
    }

    private ReaderSession(
            Subscription subscription,
            SubscriptionClaim claim,
            OrganizationConnection connection,
            RouteSender outlet,
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
     * @throws SubscriptionClaim.TakenException if another consumer of the context reads the same table under its other name
     */
    public RoundReader corridor() throws ServiceFault {
        RoundReader built = corridor;
        if (built == null) {
            TableDefinition found = table();
            claim.take(subscription.id(connection.origin(), found.logicalName()));
            built = build(found);
            corridor = built;
        }
        return built;
    }

    /** Looks at everything that a reader needs. */
    public PreflightReport preflight(CamelContext context) {
        return new PreflightChecks(context, subscription, connection, clock).run();
    }

    private TableDefinition table() throws ServiceFault {
        TableDefinition known = table;
        if (known == null) {
            known = connection.queries().table(subscription.table());
            table = known;
        }
        return known;
    }

    private RoundReader build(TableDefinition definition) {
        SubscriptionId id = subscription.id(connection.origin(), definition.logicalName());
        KnownRecords known = subscription.fullLoads().knownIds()
                ? KnownRecords.keep(subscription.repository(), id)
                : KnownRecords.look(subscription.repository(), id);
        CheckpointKeeper checkpoints = CheckpointKeeper.of(subscription, id, known, clock);
        PageDelivery delivery = new PageDelivery(outlet, subscription.delivery().breakOnFirstError());
        return new RoundReader(
                subscription,
                connection.source(),
                connection.queries(),
                definition,
                checkpoints,
                delivery,
                expiry,
                log);
    }

    /** Watches over the age of the token. */
    public TokenExpiry expiry() {
        return expiry;
    }

    /** A request under way may take minutes, and the route is to stop in seconds. An exchange under way is waited for. */
    public void interrupt() {
        connection.interrupt();
    }

    public void resume() {
        connection.resume();
    }

    /** The wait of the request in hand for its turn, if it is a long one. */
    public Optional<RequestBudget.Wait> longWait() {
        return connection.longWait();
    }

    public boolean isInterrupted() {
        return connection.isInterrupted();
    }

    @Override
    public void close() {
        connection.close();
        claim.close();
    }
}
