package io.github.cameldataverse.changes;

import io.github.cameldataverse.changes.Subscription.Limits;
import io.github.cameldataverse.changes.auth.AccessTokens;
import io.github.cameldataverse.changes.http.AuthorityHttpClient;
import io.github.cameldataverse.changes.http.BorrowedHttpClient;
import io.github.cameldataverse.changes.http.DataverseClient;
import io.github.cameldataverse.changes.http.HttpCalls;
import io.github.cameldataverse.changes.http.Pause;
import io.github.cameldataverse.changes.http.RequestBudget;
import io.github.cameldataverse.changes.http.ServiceFault;
import io.github.cameldataverse.changes.http.ServiceOrigin;
import io.github.cameldataverse.changes.metadata.OrganizationMetadata;
import io.github.cameldataverse.changes.orgservice.OrganizationService;
import io.github.cameldataverse.changes.orgservice.OrganizationService.Sizes;
import io.github.cameldataverse.changes.source.Api;
import io.github.cameldataverse.changes.source.ChangeSource;
import io.github.cameldataverse.changes.source.TrackingQuery;
import io.github.cameldataverse.changes.webapi.ChangeTracking;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceHelper;

/** The line to the organization: HTTP client, timer and access tokens, opened and closed together. */
final class Connection implements AutoCloseable {

    private final CamelContext context;
    private final Subscription subscription;
    private final ServiceOrigin origin;
    private final BorrowedHttpClient http;
    private final ScheduledExecutorService timer;
    private final HttpCalls calls;
    private final Pause pause = new Pause();
    private final RequestBudget budget;
    private final DataverseClient client;
    private final ChangeSource source;
    private final OrganizationMetadata metadata;

    /** @throws Exception as Camel's HTTP component throws it; nothing stays open then */
    static Connection open(CamelContext context, Subscription subscription, RequestBudget budget) throws Exception {
        BorrowedHttpClient http =
                new BorrowedHttpClient(context, subscription.organization(), subscription.httpOptions());
        try {
            ServiceHelper.startService(http);
            return new Connection(context, subscription, http, budget);
        } catch (Exception e) {
            ServiceHelper.stopService(http);
            throw e;
        }
    }

    private Connection(CamelContext context, Subscription subscription, BorrowedHttpClient http, RequestBudget budget) {
        Limits limits = subscription.limits();
        Clock clock = Clock.systemUTC();
        this.context = context;
        this.subscription = subscription;
        this.http = http;
        this.budget = budget;
        this.origin = new ServiceOrigin(subscription.organization(), subscription.additionalOrigins());
        this.timer = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "DataverseDeadline");
        this.calls = new HttpCalls(http.client(), timer, limits.request(), limits.maxPageBytes(), clock);
        AccessTokens tokens = new AccessTokens(
                subscription.signIn().provider(new AuthorityHttpClient(calls), limits.request()), origin.text(), clock);
        this.client = new DataverseClient(origin, calls, tokens, limits.maxRetries(), pause, budget)
                .impersonating(subscription.caller());
        this.metadata = new OrganizationMetadata(client, subscription.query().apiRoot(), limits.maxRetryAfter());
        this.source = source(subscription.query());
    }

    /** Asks for changes as {@link #source()} does, one row at a time. */
    ChangeSource probe() {
        TrackingQuery query = subscription.query();
        return source(new TrackingQuery(query.api(), query.apiRoot(), query.select(), query.annotations(), 1));
    }

    /** Has an access token got. */
    void signIn() throws ServiceFault {
        client.signIn();
    }

    OrganizationMetadata metadata() {
        return metadata;
    }

    private ChangeSource source(TrackingQuery query) {
        Limits limits = subscription.limits();
        ChangeTracking tracking = new ChangeTracking(client, query, limits.maxRetryAfter(), limits.maxRowBytes());
        if (query.api() == Api.WEB_API) {
            return tracking;
        }
        Sizes sizes = new Sizes(limits.maxRowBytes(), limits.maxPageBytes());
        return new OrganizationService(client, query, limits.maxRetryAfter(), sizes, tracking, metadata::dateColumns);
    }

    ChangeSource source() {
        return source;
    }

    String origin() {
        return origin.text();
    }

    /** Ends the request under way and allows no other until {@link #resume()}. */
    void interrupt() {
        pause.stop();
        calls.cancelAll();
    }

    void resume() {
        pause.reset();
    }

    boolean isInterrupted() {
        return pause.isStopping();
    }

    /** The wait for a turn, if it is a long one. */
    Optional<RequestBudget.Wait> longWait() {
        return budget.longWait(pause);
    }

    @Override
    public void close() {
        interrupt();
        ServiceHelper.stopService(http);
        context.getExecutorServiceManager().shutdownNow(timer);
    }

    @Override
    public String toString() {
        return "connection of " + subscription;
    }
}
