package io.github.cameldataverse.changes;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.api.DataverseChangesOperations;
import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.checkpoint.CheckpointKeeper;
import io.github.cameldataverse.changes.internal.checkpoint.DeletesAllowed;
import io.github.cameldataverse.changes.internal.checkpoint.ResyncRequest;
import io.github.cameldataverse.changes.internal.checkpoint.SubscriptionNames;
import io.github.cameldataverse.changes.internal.checkpoint.TokenExpiry;
import io.github.cameldataverse.changes.internal.checkpoint.TokenLife;
import io.github.cameldataverse.changes.internal.checkpoint.TokenUnusableException;
import io.github.cameldataverse.changes.internal.organization.OrganizationConnection;
import io.github.cameldataverse.changes.internal.organization.metadata.OrganizationMetadata;
import io.github.cameldataverse.changes.internal.organization.metadata.TableTracking;
import io.github.cameldataverse.changes.internal.repository.RepositoryUse;
import io.github.cameldataverse.changes.internal.source.TableDefinition;
import io.github.cameldataverse.changes.internal.status.TableReport;
import io.github.cameldataverse.changes.internal.status.TokenReport;
import io.github.cameldataverse.changes.internal.subscription.OptionTexts;
import io.github.cameldataverse.changes.internal.subscription.Subscription;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.TokenUnreadableException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.util.StringHelper;
import org.jspecify.annotations.Nullable;

/**
 * The operations around a subscription: how much waits, where it stands, "read all again", and which tables
 * are tracked. Thread-safe.
 */
class DataverseChangesProducer extends DefaultProducer {

    private final Subscription subscription;
    private final Supplier<Subscription> withTokens;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable OrganizationConnection connection;
    private @Nullable TableDefinition table;
    private @Nullable TokenExpiry expiry;
    private @Nullable Subscription started;
    private Optional<RepositoryUse> repository = Optional.empty();

    /**
     * @param subscription has the token repository if the operation of the endpoint needs one
     * @param withTokens the same with the token repository, for a header that asks for another operation
     */
    DataverseChangesProducer(
            DataverseChangesEndpoint endpoint, Subscription subscription, Supplier<Subscription> withTokens) {
        super(endpoint);
        this.subscription = subscription;
        this.withTokens = subscription.producing().needsTokens() ? () -> subscription : withTokens;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        DataverseChangesOperations operation = operationOf(exchange);
        // The client behind the connection is for one thread at a time.
        lock.lock();
        try {
            Object body =
                    switch (operation) {
                        case COUNT -> count();
                        case TOKEN -> token();
                        case RESYNC -> resync();
                        case ALLOW_DELETES -> allowDeletes(exchange);
                        case TABLES -> tables();
                        case ENABLE -> enable();
                        case DATES -> connection().metadata().dateColumns(table().logicalName());
                    };
            exchange.getMessage().setBody(body);
        } finally {
            lock.unlock();
        }
    }

    private long count() throws Exception {
        Checkpoint checkpoint = checkpoints().place().orElseThrow(this::nothingStored);
        String deltaLink = checkpoint.roundLink();
        if (deltaLink == null) {
            throw noLinkYet();
        }
        if (subscription.query().isOfAnotherApi(checkpoint.fingerprint())) {
            throw new TokenUnusableException("The delta token of " + subscription + " was obtained with "
                    + StringHelper.before(checkpoint.fingerprint(), ";") + ", and this endpoint asks with api="
                    + subscription.query().api().word() + ": give it the api of the reader");
        }
        expiry().requireYoung(checkpoint);
        return connection().count(table(), deltaLink);
    }

    private TokenUnusableException nothingStored() {
        String repository = subscription.repository().getClass().getSimpleName();
        return new TokenUnusableException("No delta token is stored for " + subscription + " in this endpoint's "
                + repository + ". If a reader is at work, give this endpoint the reader's idempotentRepository and"
                + " subscription; if not, there is nothing to count from");
    }

    private TokenUnusableException noLinkYet() {
        return new TokenUnusableException("There is no delta link yet for " + subscription
                + ": changes can be counted once its full load is complete");
    }

    private Map<String, Object> token() throws Exception {
        Optional<StoredToken> stored = checkpoints().peek();
        Optional<TokenLife> life = stored.isEmpty()
                ? Optional.empty()
                : expiry().lifeAsked(stored.get().checkpoint());
        return TokenReport.of(stored, life, connection().clock().instant());
    }

    private TokenExpiry expiry() {
        return Objects.requireNonNull(expiry, "The producer is not started");
    }

    private String resync() throws Exception {
        new ResyncRequest(checkpoints(), subscription.toString()).ask();
        return "resync";
    }

    private String allowDeletes(Exchange exchange) throws Exception {
        Long round = exchange.getMessage().getHeader(DataverseChangesConstants.ROUND, Long.class);
        if (round == null) {
            throw new IllegalArgumentException(
                    "The operation allowDeletes needs the round of the full load that waits, in the" + " header "
                            + DataverseChangesConstants.ROUND + "; the health check of the reader names it");
        }
        new DeletesAllowed(started().repository(), names().key()).allow(round);
        return "allowDeletes";
    }

    private List<Map<String, Object>> tables() throws ServiceFault {
        OrganizationMetadata metadata = connection().metadata();
        List<TableTracking> tables =
                switch (subscription.producing().tablesFrom()) {
                    case DEFINITIONS -> metadata.tables();
                    case DOCUMENT -> metadata.documentedTables();
                };
        return tables.stream().map(TableReport::of).toList();
    }

    private Map<String, Object> enable() throws ServiceFault {
        if (!subscription.producing().confirm()) {
            throw new IllegalArgumentException("Change tracking of the table " + subscription.table()
                    + " cannot be turned off again once it is on; give the endpoint confirm=true if it is to be turned"
                    + " on");
        }
        return TableReport.of(connection().metadata().enable(subscription.table()));
    }

    private CheckpointKeeper checkpoints() throws Exception {
        SubscriptionNames names = names();
        connection().settleClock(); // a reload may be numbered by it
        return CheckpointKeeper.looking(started(), names, connection().clock());
    }

    /** While the service is down, what it told before is what is stored. */
    private SubscriptionNames names() throws ServiceFault {
        DeltaTokenRepository tokens = started().repository();
        try {
            SubscriptionId id = subscription.id(connection().origin(), table().logicalName());
            return new SubscriptionNames(
                    tokens, id, connection().id(), connection().clock());
        } catch (ServiceFault.Transient | ServiceFault.Throttled e) {
            String name = table == null ? subscription.table() : table.logicalName();
            SubscriptionId id = subscription.id(connection().origin(), name);
            if (!isReadable(tokens, id)) {
                throw e;
            }
            return SubscriptionNames.unasked(tokens, id, connection().clock());
        }
    }

    /** Where nothing is, or nothing that can be read, only the organization can tell under which name the subscription is kept. */
    private static boolean isReadable(DeltaTokenRepository tokens, SubscriptionId id) {
        try {
            return tokens.load(id).isPresent();
        } catch (TokenUnreadableException e) {
            return false;
        }
    }

    /**
     * With its repository started, which waits until an operation needs it: another process may hold the lock of a file. It
     * is started again if another of its users has stopped it.
     */
    private Subscription started() {
        Subscription known = started == null ? withTokens.get() : started;
        RepositoryUse inHand = component().repositories().use(getEndpoint().getCamelContext(), known.repository());
        repository.ifPresent(RepositoryUse::close);
        repository = Optional.of(inHand);
        started = known;
        return known;
    }

    private DataverseChangesOperations operationOf(Exchange exchange) {
        String header = exchange.getMessage().getHeader(DataverseChangesConstants.OPERATION, String.class);
        return header == null
                ? subscription.producing().operation()
                : new OptionTexts(exchange.getContext())
                        .word(
                                "The header " + DataverseChangesConstants.OPERATION,
                                header,
                                DataverseChangesOperations.class);
    }

    private TableDefinition table() throws ServiceFault {
        TableDefinition known = table;
        if (known == null) {
            known = connection().queries().table(subscription.table());
            table = known;
        }
        return known;
    }

    private OrganizationConnection connection() {
        return Objects.requireNonNull(connection, "The producer is not started");
    }

    private DataverseChangesComponent component() {
        return ((DataverseChangesEndpoint) getEndpoint()).getComponent();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (subscription.producing().needsTokens()) {
            started();
        }
        DataverseChangesComponent component = component();
        OrganizationConnection line =
                OrganizationConnection.open(component.getCamelContext(), subscription, component.shared(subscription));
        connection = line;
        expiry = new TokenExpiry(subscription, line);
    }

    @Override
    protected void doStop() throws Exception {
        OrganizationConnection line = connection;
        connection = null;
        started = null;
        repository.ifPresent(RepositoryUse::close);
        repository = Optional.empty();
        if (line != null) {
            line.close();
        }
        super.doStop();
    }
}
