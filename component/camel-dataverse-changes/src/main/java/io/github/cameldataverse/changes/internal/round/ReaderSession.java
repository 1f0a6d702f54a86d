package io.github.cameldataverse.changes.internal.round;

import static io.github.cameldataverse.changes.internal.ReaderLog.LOG;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.checkpoint.CheckpointKeeper;
import io.github.cameldataverse.changes.internal.checkpoint.FullLoadGate;
import io.github.cameldataverse.changes.internal.checkpoint.KnownRecords;
import io.github.cameldataverse.changes.internal.checkpoint.SubscriptionNames;
import io.github.cameldataverse.changes.internal.checkpoint.TokenExpiry;
import io.github.cameldataverse.changes.internal.delivery.ExchangeSender;
import io.github.cameldataverse.changes.internal.delivery.PageDelivery;
import io.github.cameldataverse.changes.internal.delivery.PageDelivery.OnFailure;
import io.github.cameldataverse.changes.internal.http.budget.RequestBudget;
import io.github.cameldataverse.changes.internal.organization.OrganizationConnection;
import io.github.cameldataverse.changes.internal.repository.RepositoryUse;
import io.github.cameldataverse.changes.internal.repository.TokenRepositories;
import io.github.cameldataverse.changes.internal.source.TableDefinition;
import io.github.cameldataverse.changes.internal.status.RoundLog;
import io.github.cameldataverse.changes.internal.subscription.Subscription;
import io.github.cameldataverse.changes.internal.subscription.SubscriptionClaim;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.TokenStoreException;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.CamelContext;

/**
 * What a consumer has between its start and its stop: its claim on the subscription, the connection to the organization,
 * and the reader of rounds once the table is known. The poll thread reads; any thread may interrupt or close.
 */
public final class ReaderSession implements AutoCloseable {

    private final Subscription subscription;
    private final SubscriptionClaim claim;
    private final RepositoryUse repository;
    private final OrganizationConnection connection;
    private final ExchangeSender route;
    private final TokenExpiry expiry;
    private final RoundLog log;
    private Optional<TableDefinition> table = Optional.empty();
    private Optional<String> organization = Optional.empty();
    private Optional<SubscriptionId> key = Optional.empty();
    /** Whether the organization is asked for its id before the next round: none is known, or where it led to was refused. */
    private boolean asksForTheId = true;

    private boolean toldThatThereIsNone;
    private volatile Optional<RoundReader> reader = Optional.empty();

    /**
     * Claims the subscription, starts its repository and opens the connection.
     *
     * @throws SubscriptionClaim.TakenException if another consumer of the context reads this subscription
     * @throws TokenStoreException if the repository cannot be started
     * @throws Exception as Camel's HTTP component throws it; nothing stays open then
     */
    public static ReaderSession open(
            CamelContext context,
            Subscription subscription,
            SubscriptionClaim claim,
            TokenRepositories repositories,
            OrganizationConnection.Shared shared,
            ExchangeSender route,
            RoundLog log)
            throws Exception {
        // Whichever of its two names this is, it is the only one known before the organization is asked.
        SubscriptionId id = subscription.id(subscription.organization().toString(), subscription.table());
        try {
            claim.take(id);
            RepositoryUse repository = repositories.use(context, subscription.repository());
            try {
                if (subscription.fullLoads().knownIds()) {
                    KnownRecords.required(subscription.repository(), id);
                }
                OrganizationConnection connection = OrganizationConnection.open(context, subscription, shared);
                return new ReaderSession(subscription, claim, repository, connection, route, log);
            } catch (Exception e) {
                repository.close();
                throw e;
            }
        } catch (Exception e) {
            claim.close();
            throw e;
        }
    }

    private ReaderSession(
            Subscription subscription,
            SubscriptionClaim claim,
            RepositoryUse repository,
            OrganizationConnection connection,
            ExchangeSender route,
            RoundLog log) {
        this.subscription = subscription;
        this.claim = claim;
        this.repository = repository;
        this.connection = connection;
        this.route = route;
        this.expiry = new TokenExpiry(subscription, connection);
        this.log = log;
    }

    /**
     * The reader of rounds; the first call looks the table up.
     *
     * @throws ServiceFault if the table cannot be looked up, or the time not be found out; the next call tries again
     * @throws SubscriptionClaim.TakenException if another consumer of the context reads the same table under its other
     *     name
     */
    public RoundReader reader() throws ServiceFault {
        TableDefinition found = table();
        if (reader.filter(known -> known.checkpoints().isOutdated()).isPresent()) {
            lookUpAgain();
        }
        if (asksForTheId && !isBehind()) {
            identify();
        }
        if (reader.isEmpty()) {
            reader = Optional.of(lookedUp(found));
        }
        return reader.get();
    }

    private void lookUpAgain() {
        reader = Optional.empty();
        key.ifPresent(claim::giveBack);
        asksForTheId = true;
    }

    /** Until the organization tells its id it is asked at each poll. If it falls silent, what it told before counts. */
    private void identify() throws ServiceFault {
        Optional<String> told = connection.id();
        asksForTheId = told.isEmpty();
        if (told.isPresent() && !told.equals(organization)) {
            lookUpAgain();
            asksForTheId = false;
            organization = told;
        }
    }

    private RoundReader lookedUp(TableDefinition found) throws ServiceFault {
        SubscriptionId id = subscription.id(connection.origin(), found.logicalName());
        claim.take(id);
        connection.settleClock(); // the first round may be numbered by it
        SubscriptionNames names =
                new SubscriptionNames(subscription.repository(), id, organization, connection.clock());
        warnOnce(names);
        asksForTheId = true; // if the claim is refused, it may tell another id at the next poll
        claim.take(names.key());
        key = Optional.of(names.key());
        asksForTheId = organization.isEmpty();
        return readerOf(found, names);
    }

    private void warnOnce(SubscriptionNames names) {
        if (organization.isEmpty() && !toldThatThereIsNone) {
            toldThatThereIsNone = true;
            LOG.warn(
                    "{}: the organization does not tell its id (WhoAmI), {}",
                    subscription,
                    names.isByAddress()
                            ? "so its address stands for it; should it get another address, it will be taken for another"
                                    + " organization"
                            : "so the id counts that it told before at this address");
        }
    }

    private boolean isBehind() {
        return reader.map(RoundReader::checkpoints)
                .filter(CheckpointKeeper::isBehind)
                .isPresent();
    }

    /** Asked for once, also if the subscription is another consumer's and this one waits for it. */
    private TableDefinition table() throws ServiceFault {
        if (table.isEmpty()) {
            table = Optional.of(connection.table());
        }
        return table.get();
    }

    private RoundReader readerOf(TableDefinition table, SubscriptionNames names) {
        SubscriptionId id = names.key();
        KnownRecords known = subscription.fullLoads().knownIds()
                ? KnownRecords.keep(subscription.repository(), names)
                : KnownRecords.look(subscription.repository(), id);
        FullLoadGate gate = FullLoadGate.of(subscription, id);
        CheckpointKeeper checkpoints = CheckpointKeeper.of(subscription, names, known, gate, connection.clock());
        OnFailure onFailure = subscription.delivery().breakOnFirstError() ? OnFailure.STOP : OnFailure.SKIP;
        PageDelivery delivery = new PageDelivery(route, onFailure);
        return new RoundReader(subscription, connection, table, checkpoints, known, gate, delivery, expiry, log);
    }

    /**
     * The token repository for one poll: started, if another of its users has stopped it, and not stopped before the poll
     * is over, be it forced to stop.
     *
     * @throws TokenStoreException if it cannot be started
     */
    public RepositoryUse repository() {
        return repository.again();
    }

    public OrganizationConnection connection() {
        return connection;
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

    /** The wait of the current request for its turn, if it is a long one. */
    public Optional<RequestBudget.Wait> longWait() {
        return connection.longWait();
    }

    public boolean isInterrupted() {
        return connection.isInterrupted();
    }

    /**
     * Tries once more to write what the route has accepted and the token repository could not take: once this process has
     * ended, that one exchange comes again.
     *
     * @param atMost how long to wait for the repository
     */
    public void writeUnwritten(CamelContext context, Duration atMost) throws InterruptedException {
        Optional<CheckpointKeeper> behind = reader.map(RoundReader::checkpoints).filter(CheckpointKeeper::isBehind);
        if (behind.isPresent()) {
            Thread writer = context.getExecutorServiceManager()
                    .newThread("dataverse-changes-stop", () -> writeUnwritten(behind.get()));
            writer.start();
            writer.join(atMost.toMillis());
            if (behind.get().isBehind()) {
                LOG.warn(
                        "{}: the token repository could not be written before the stop, so the exchange that the route"
                                + " accepted last, or its page, will be delivered once more",
                        subscription);
            }
        }
    }

    private void writeUnwritten(CheckpointKeeper behind) {
        try {
            behind.writeUnwritten();
        } catch (RuntimeException e) {
            LOG.debug("{}: not written at the stop", subscription, e);
        }
    }

    @Override
    public void close() {
        try (claim;
                repository) {
            connection.close();
        }
    }
}
