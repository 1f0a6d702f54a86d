package io.github.cameldataverse.changes.harness.http;

import io.github.cameldataverse.changes.auth.AccessToken;
import io.github.cameldataverse.changes.auth.AccessTokenProvider;
import io.github.cameldataverse.changes.internal.http.AccessTokens;
import io.github.cameldataverse.changes.internal.http.BorrowedHttpClient;
import io.github.cameldataverse.changes.internal.http.DataverseClient;
import io.github.cameldataverse.changes.internal.http.HttpCalls;
import io.github.cameldataverse.changes.internal.http.ServiceOrigin;
import io.github.cameldataverse.changes.internal.http.answer.SecretsInUse;
import io.github.cameldataverse.changes.internal.http.budget.RequestBudget;
import io.github.cameldataverse.changes.internal.http.budget.StopSignal;
import io.github.cameldataverse.changes.internal.http.clock.OwnClock;
import io.github.cameldataverse.changes.internal.http.clock.ServiceClock;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/** The line to an organization, put together from the real parts: Camel's HTTP client, calls, tokens and client. */
public final class WiredDataverseClient implements AutoCloseable {

    public static final String TOKEN = "the-access-token";

    private final CamelContext context = new DefaultCamelContext();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final StopSignal pause = new StopSignal();
    private final RequestBudget budget = new RequestBudget(20, Clock.systemUTC());
    private final SecretsInUse secrets = new SecretsInUse();
    private final URI organization;
    private final BorrowedHttpClient http;
    private Duration deadline = Duration.ofSeconds(20);
    private int maxBytes = 1 << 20;
    private int maxRetries;
    private AccessTokenProvider provider = resource -> new AccessToken(TOKEN, Instant.MAX);
    private List<URI> additional = List.of();
    private HttpCalls calls;

    public WiredDataverseClient(URI organization) throws Exception {
        this(organization, Map.of());
    }

    public WiredDataverseClient(URI organization, Map<String, Object> httpOptions) throws Exception {
        this.organization = organization;
        this.http = new BorrowedHttpClient(context, organization, httpOptions);
        http.start();
    }

    public WiredDataverseClient deadline(Duration time) {
        deadline = time;
        return this;
    }

    public WiredDataverseClient maxBytes(int bytes) {
        maxBytes = bytes;
        return this;
    }

    public WiredDataverseClient maxRetries(int retries) {
        maxRetries = retries;
        return this;
    }

    public WiredDataverseClient provider(AccessTokenProvider given) {
        provider = given;
        return this;
    }

    public WiredDataverseClient additional(URI origin) {
        additional = List.of(origin);
        return this;
    }

    public HttpCalls calls() {
        if (calls == null) {
            calls = calls(deadline);
        }
        return calls;
    }

    /** Others over the same client. */
    public HttpCalls calls(Duration otherDeadline) {
        return new HttpCalls(http.client(), () -> timer, otherDeadline, maxBytes, Clock.systemUTC(), secrets);
    }

    public DataverseClient client() {
        return new DataverseClient(
                new ServiceOrigin(organization, additional, secrets),
                calls(),
                new AccessTokens(provider, organization.toString(), Clock.systemUTC()),
                maxRetries,
                pause,
                budget,
                new ServiceClock(organization.toString(), OwnClock.ofThisMachine()));
    }

    public StopSignal pause() {
        return pause;
    }

    @Override
    public void close() throws Exception {
        http.stop();
        timer.shutdownNow();
        context.close();
    }
}
