package io.github.cameldataverse.changes.internal.organization;

import static io.github.cameldataverse.changes.internal.ReaderLog.LOG;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.http.AccessTokens;
import io.github.cameldataverse.changes.internal.http.AuthorityHttpClient;
import io.github.cameldataverse.changes.internal.http.BorrowedHttpClient;
import io.github.cameldataverse.changes.internal.http.DataverseClient;
import io.github.cameldataverse.changes.internal.http.HttpCalls;
import io.github.cameldataverse.changes.internal.http.ServiceOrigin;
import io.github.cameldataverse.changes.internal.http.answer.SecretsInUse;
import io.github.cameldataverse.changes.internal.http.budget.RequestBudget;
import io.github.cameldataverse.changes.internal.http.budget.StopSignal;
import io.github.cameldataverse.changes.internal.http.clock.OwnClock;
import io.github.cameldataverse.changes.internal.http.clock.ServiceClock;
import io.github.cameldataverse.changes.internal.organization.metadata.OrganizationMetadata;
import io.github.cameldataverse.changes.internal.orgservice.OrganizationServiceSource;
import io.github.cameldataverse.changes.internal.source.ChangeSource;
import io.github.cameldataverse.changes.internal.source.PageLimits;
import io.github.cameldataverse.changes.internal.source.TableDefinition;
import io.github.cameldataverse.changes.internal.source.TableQueries;
import io.github.cameldataverse.changes.internal.source.TrackingQuery;
import io.github.cameldataverse.changes.internal.subscription.Subscription;
import io.github.cameldataverse.changes.internal.subscription.Subscription.Limits;
import io.github.cameldataverse.changes.internal.webapi.WebApiSource;
import io.github.cameldataverse.changes.internal.webapi.WebApiTableQueries;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceHelper;

/** The connection to the organization: HTTP client, timer and access tokens, opened and closed together. */
public final class OrganizationConnection implements AutoCloseable {

    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);
    private static final int MOST_GREETINGS = 5;

    /** How often somebody else may answer in place of the service until that counts as its answer. */
    private static final int STRANGERS_BELIEVED = 3;

    private final Subscription subscription;
    private final ServiceOrigin origin;
    private final BorrowedHttpClient http;
    private final HttpCalls calls;
    private final StopSignal pause = new StopSignal();
    private final ServiceClock clock;
    private final RequestBudget budget;
    private final DataverseClient client;
    private final OrganizationMetadata metadata;
    private final TableQueries queries;
    private final ChangeSource source;

    /**
     * What connections have in common.
     *
     * @param budget of the requests of one application
     * @param tokens of one sign-in
     * @param own the clock that counts where the organization tells no time
     * @param deadlines ends the requests that take too long, asked for with each of them; not closed here
     */
    public record Shared(
            RequestBudget budget,
            AccessTokens.Kept tokens,
            OwnClock own,
            Supplier<ScheduledExecutorService> deadlines) {}

    /**
     * @throws Exception as Camel's HTTP component throws it; nothing stays open then
     */
    public static OrganizationConnection open(CamelContext context, Subscription subscription, Shared shared)
            throws Exception {
        BorrowedHttpClient http =
                new BorrowedHttpClient(context, subscription.organization(), subscription.httpOptions());
        try {
            ServiceHelper.startService(http);
            return new OrganizationConnection(subscription, http, shared);
        } catch (Exception e) {
            ServiceHelper.stopService(http);
            throw e;
        }
    }

    private OrganizationConnection(Subscription subscription, BorrowedHttpClient http, Shared shared) {
        Limits limits = subscription.limits();
        Clock wall = Clock.systemUTC();
        this.subscription = subscription;
        this.http = http;
        this.budget = shared.budget();
        SecretsInUse secrets = new SecretsInUse();
        subscription.signIn().secret().ifPresent(secrets::keep);
        http.proxyPassword().ifPresent(secrets::keep);
        this.origin = new ServiceOrigin(subscription.organization(), subscription.additionalOrigins(), secrets);
        this.clock = new ServiceClock(origin.text(), shared.own());
        this.calls = new HttpCalls(
                http.client(), shared.deadlines(), limits.request(), limits.maxPageBytes(), wall, secrets);
        AccessTokens tokens = new AccessTokens(
                subscription.signIn().provider(new AuthorityHttpClient(calls), limits.request()),
                origin.text(),
                wall,
                shared.tokens());
        this.client = new DataverseClient(origin, calls, tokens, limits.maxRetries(), pause, budget, clock)
                .impersonating(subscription.caller());
        this.metadata = new OrganizationMetadata(client, subscription.query().apiRoot(), limits.maxRetryAfter());
        this.queries = new WebApiTableQueries(client, subscription.query().apiRoot(), limits.maxRetryAfter());
        this.source = source(subscription.query());
    }

    /** Asks for changes as {@link #source()} does, one row at a time. */
    public ChangeSource probe() {
        TrackingQuery query = subscription.query();
        return source(new TrackingQuery(query.api(), query.apiRoot(), query.select(), query.annotations(), 1));
    }

    /** Gets an access token, if there is none that is good. */
    public void signIn() throws ServiceFault {
        client.signIn();
    }

    public OrganizationMetadata metadata() {
        return metadata;
    }

    /** What time it is at the organization, as far as it is known by now. */
    public ServiceClock clock() {
        return clock;
    }

    /**
     * Makes sure what time it is, before something hangs on it: as long as the clock is in doubt, the organization is asked
     * for no more than another answer. Asks nothing otherwise.
     */
    public void settleClock() throws ServiceFault {
        for (int greetings = 0; clock.isInDoubt(); greetings++) {
            if (greetings == MOST_GREETINGS) {
                clock.carryOn();
            } else if (pause.last(HALF_A_SECOND)) {
                greet();
            } else {
                throw new ServiceFault.Transient("The reader is stopping", 0, null);
            }
        }
    }

    /** A refusal of this question says nothing of the link in hand, for which it would be taken. */
    private void greet() throws ServiceFault {
        try {
            metadata.greet();
        } catch (ServiceFault.Permanent e) {
            throw new ServiceFault.Transient(
                    "It is not known what time it is at the organization: " + e.getMessage(),
                    e.getHttpResponseCode(),
                    e);
        }
    }

    private ChangeSource source(TrackingQuery query) {
        Limits all = subscription.limits();
        PageLimits limits = new PageLimits(all.maxRowBytes(), all.maxPageBytes(), all.maxRetryAfter());
        return switch (query.api()) {
            case WEB_API -> new WebApiSource(client, query, limits);
            case ORGANIZATION_SERVICE -> new OrganizationServiceSource(client, query, limits, metadata::dateColumns);
        };
    }

    /** The changes of the table. */
    public ChangeSource source() {
        return source;
    }

    /**
     * The table of the subscription, if its changes can be read and each of them names one record.
     *
     * @throws ServiceFault.Permanent if its changes are not tracked, or it is an elastic table and those are not allowed
     */
    public TableDefinition table() throws ServiceFault {
        TableDefinition found = queries.table(subscription.table());
        if (!subscription.allowElastic() && queries.type(found) == TableQueries.TableType.ELASTIC) {
            throw new ServiceFault.Permanent(
                    "The table " + found.logicalName()
                            + " is an elastic table: there an id alone does not name a record, a partition"
                            + " id belongs to it, which changes and tombstones do not carry. Two records of one id would be"
                            + " one at the sinks. If your ids are unique over all partitions, set allowElastic=true",
                    0);
        }
        return found;
    }

    /** What else is asked about the table and its records. */
    public TableQueries queries() {
        return queries;
    }

    /** How many changes wait behind the link of a round, which stays good. */
    public long count(TableDefinition table, String roundLink) throws ServiceFault {
        return queries.count(table, source.deltaLink(table, roundLink));
    }

    public String origin() {
        return origin.text();
    }

    /**
     * The id of the organization, which stays when its address changes; empty if it tells none, or refuses to.
     *
     * @throws ServiceFault if that is a passing one, or the service asks to wait or for another sign-in
     */
    public Optional<String> id() throws ServiceFault {
        for (int answers = 1; true; answers++) {
            try {
                return metadata.id();
            } catch (ServiceFault.Permanent | ServiceFault.Forbidden e) {
                if (!e.getErrorCode().isEmpty() || answers == STRANGERS_BELIEVED) {
                    LOG.debug("{} does not tell its id", origin.text(), e);
                    return Optional.empty();
                }
            }
            if (!pause.last(HALF_A_SECOND)) {
                throw new ServiceFault.Transient("The reader is stopping", 0, null);
            }
        }
    }

    /** Ends the request under way and allows no other until {@link #resume()}. */
    public void interrupt() {
        pause.stop();
        calls.cancelAll();
    }

    public void resume() {
        pause.reset();
    }

    public boolean isInterrupted() {
        return pause.isStopping();
    }

    /** The wait for a turn, if it is a long one. */
    public Optional<RequestBudget.Wait> longWait() {
        return budget.longWait(pause);
    }

    @Override
    public void close() {
        interrupt();
        ServiceHelper.stopService(http);
    }

    @Override
    public String toString() {
        return "connection of " + subscription;
    }
}
