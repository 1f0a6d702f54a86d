package io.github.cameldataverse.changes;

import io.github.cameldataverse.changes.api.DataverseChangesConfiguration;
import io.github.cameldataverse.changes.internal.http.AccessTokens;
import io.github.cameldataverse.changes.internal.http.Deadlines;
import io.github.cameldataverse.changes.internal.http.budget.RequestBudget;
import io.github.cameldataverse.changes.internal.http.clock.OwnClock;
import io.github.cameldataverse.changes.internal.organization.OrganizationConnection;
import io.github.cameldataverse.changes.internal.repository.TokenRepositories;
import io.github.cameldataverse.changes.internal.subscription.ComponentSecrets;
import io.github.cameldataverse.changes.internal.subscription.HttpOptionTexts;
import io.github.cameldataverse.changes.internal.subscription.OptionTexts;
import io.github.cameldataverse.changes.internal.subscription.RefusedQueryOptions;
import io.github.cameldataverse.changes.internal.subscription.SignIn;
import io.github.cameldataverse.changes.internal.subscription.Subscription;
import io.github.cameldataverse.changes.internal.subscription.SubscriptionClaim;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;
import org.jspecify.annotations.Nullable;

/**
 * Creates the endpoints {@code dataverse-changes:<table>}, knows which subscriptions of the context are taken, and has the
 * budget of requests that all readers of one application share.
 */
@Component("dataverse-changes")
public class DataverseChangesComponent extends HealthCheckComponent {

    @Metadata(description = "Options that all endpoints of the component start from")
    private DataverseChangesConfiguration configuration = new DataverseChangesConfiguration();

    @Metadata(
            label = "advanced",
            defaultValue = "20",
            description =
                    "How many requests all endpoints together may have under way at one organization with one application, 1 to 1000; the others wait for their turn. The service allows an application 52, for everything that signs in as it.")
    private int maxConcurrentRequests = 20;

    private final DeltaTokenRepository memory = new MemoryDeltaTokenRepository();
    private final Set<String> taken = ConcurrentHashMap.newKeySet();
    private final ComponentSecrets secrets = new ComponentSecrets();
    private final TokenRepositories repositories = new TokenRepositories();
    private final Map<Budgeted, RequestBudget> budgets = new ConcurrentHashMap<>();
    private final Map<SignedIn, AccessTokens.Kept> tokens = new ConcurrentHashMap<>();
    private OwnClock own = OwnClock.ofThisMachine();
    /** From the first connection on. */
    private Optional<ScheduledExecutorService> deadlines = Optional.empty();

    /** Which requests the service counts together. */
    private record Budgeted(URI organization, Object application) {}

    /** Which endpoints have one access token. */
    private record SignedIn(URI organization, SignIn signIn) {}

    @Override
    protected Endpoint createEndpoint(String uri, @Nullable String remaining, Map<String, Object> parameters)
            throws Exception {
        // Camel gives null for a URI without a colon.
        String table = Objects.requireNonNullElse(remaining, "");
        RefusedQueryOptions.check(table, parameters.keySet());
        secrets.takeUp(getCamelContext(), configuration);
        DataverseChangesConfiguration own = configuration.copy();
        own.getHttpOptions().putAll(HttpOptionTexts.taken(parameters));
        DataverseChangesEndpoint endpoint = new DataverseChangesEndpoint(uri, this, own);
        endpoint.setTable(table);
        new OptionTexts(getCamelContext())
                .check((PropertyConfigurerGetter) getEndpointPropertyConfigurer(), endpoint, parameters);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    /** The repository of endpoints that have no other: it lives as long as the component. */
    DeltaTokenRepository memory() {
        return memory;
    }

    /** What one consumer claims of the subscriptions of the context; nothing yet. */
    SubscriptionClaim claim() {
        return new SubscriptionClaim(taken);
    }

    /** Starts and stops the token repositories of the endpoints. */
    TokenRepositories repositories() {
        return repositories;
    }

    /**
     * The budget of the application of a subscription.
     *
     * @throws IllegalArgumentException if maxConcurrentRequests is out of its range
     */
    RequestBudget budget(Subscription subscription) {
        Budgeted key =
                new Budgeted(subscription.organization(), subscription.signIn().application());
        return budgets.computeIfAbsent(key, any -> new RequestBudget(maxConcurrentRequests, Clock.systemUTC()));
    }

    /** What the connection of a subscription has in common with others. */
    OrganizationConnection.Shared shared(Subscription subscription) {
        SignedIn key = new SignedIn(subscription.organization(), subscription.signIn());
        return new OrganizationConnection.Shared(
                budget(subscription),
                tokens.computeIfAbsent(key, any -> new AccessTokens.Kept()),
                own,
                this::deadlines);
    }

    /**
     * One for all endpoints: each request of each reader has a deadline, and nearly none comes to it. It lives as long as the
     * context, for a reader may outlive a stop of the component.
     */
    private synchronized ScheduledExecutorService deadlines() {
        deadlines = deadlines
                .filter(pool -> !pool.isShutdown())
                .or(() -> Optional.of(Deadlines.pool(getCamelContext(), this)));
        return deadlines.get();
    }

    @Override
    protected synchronized void doShutdown() throws Exception {
        super.doShutdown();
        deadlines.ifPresent(getCamelContext().getExecutorServiceManager()::shutdownNow);
    }

    /** The clock that counts at organizations that tell no time. */
    OwnClock ownClock() {
        return own;
    }

    /** Another clock, for what starts from now on: a test makes it jump. */
    void setOwnClock(OwnClock other) {
        own = other;
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        budgets.clear();
        tokens.clear();
        repositories.close();
    }

    public DataverseChangesConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(DataverseChangesConfiguration configuration) {
        this.configuration = configuration;
    }

    public int getMaxConcurrentRequests() {
        return maxConcurrentRequests;
    }

    public void setMaxConcurrentRequests(int maxConcurrentRequests) {
        this.maxConcurrentRequests = maxConcurrentRequests;
    }
}
