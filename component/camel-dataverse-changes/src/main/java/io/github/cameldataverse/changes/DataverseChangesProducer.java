package io.github.cameldataverse.changes;

import io.github.cameldataverse.changes.Subscription.Operation;
import io.github.cameldataverse.changes.http.ServiceFault;
import io.github.cameldataverse.changes.source.TableDefinition;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.TokenUnreadableException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;

/** The operations around a subscription: how much waits, where it stands, and "read all again". Thread-safe. */
class DataverseChangesProducer extends DefaultProducer {

    private final Subscription subscription;
    private final Clock clock = Clock.systemUTC();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Connection connection;
    private @Nullable TableDefinition table;

    DataverseChangesProducer(DataverseChangesEndpoint endpoint, Subscription subscription) {
        super(endpoint);
        this.subscription = subscription;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Operation operation = operationOf(exchange);
        // The client behind the connection is for one thread at a time.
        lock.lock();
        try {
            Object body =
                    switch (operation) {
                        case COUNT -> count();
                        case TOKEN -> TokenReport.of(checkpoints().peek(), clock.instant());
                        case RESYNC -> resync();
                        case DATES -> connection().tracking().dateColumns(table());
                    };
            exchange.getMessage().setBody(body);
        } finally {
            lock.unlock();
        }
    }

    private long count() throws ServiceFault, TokenUnusableException {
        String deltaLink = checkpoints()
                .peek()
                .map(StoredToken::checkpoint)
                .map(Checkpoint::roundLink)
                .orElseThrow(() -> new TokenUnusableException("There is no delta link yet for " + subscription
                        + ": changes can be counted once its full load is complete"));
        return connection().tracking().count(table(), deltaLink);
    }

    private String resync() throws ServiceFault {
        CheckpointKeeper checkpoints = checkpoints();
        checkpoints.resyncByHand(readable(checkpoints));
        return "resync";
    }

    /** An unreadable token is a good reason for a resync, and must not stand in its way. */
    private static Optional<Checkpoint> readable(CheckpointKeeper checkpoints) {
        try {
            return checkpoints.peek().map(StoredToken::checkpoint);
        } catch (TokenUnreadableException e) {
            return Optional.empty();
        }
    }

    private CheckpointKeeper checkpoints() throws ServiceFault {
        SubscriptionId id = subscription.id(connection().origin(), table().logicalName());
        return new CheckpointKeeper(
                subscription.repository(),
                KnownRecords.look(subscription.repository(), id),
                FullLoadGate.of(subscription),
                id,
                subscription.query().fingerprint(),
                subscription.start(),
                clock);
    }

    private Operation operationOf(Exchange exchange) {
        String header = exchange.getMessage().getHeader(DataverseChangesConstants.OPERATION, String.class);
        if (header == null) {
            return subscription.operation();
        }
        return Arrays.stream(Operation.values())
                .filter(operation -> operation.name().equals(header.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The header " + DataverseChangesConstants.OPERATION
                        + " must be count, token, resync or dates, not \"" + header + "\""));
    }

    private TableDefinition table() throws ServiceFault {
        TableDefinition known = table;
        if (known == null) {
            known = connection().tracking().table(subscription.table());
            table = known;
        }
        return known;
    }

    private Connection connection() {
        return Objects.requireNonNull(connection, "The producer is not started");
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        TokenRepositories.start(getEndpoint().getCamelContext(), subscription.repository());
        connection = Connection.open(getEndpoint().getCamelContext(), subscription);
    }

    @Override
    protected void doStop() throws Exception {
        Connection line = connection;
        connection = null;
        if (line != null) {
            line.close();
        }
        super.doStop();
    }
}
