package io.github.cameldataverse.changes.internal.http;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.http.answer.FaultReader;
import io.github.cameldataverse.changes.internal.http.budget.RequestBudget;
import io.github.cameldataverse.changes.internal.http.budget.StopSignal;
import io.github.cameldataverse.changes.internal.http.clock.ServiceClock;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Asks the organization: admits the link, puts the token to it, renews the token once if it is refused, and tries a
 * transient fault again a few times. Each request waits for its turn. For one thread at a time.
 */
public final class DataverseClient {

    private static final Logger LOG = LoggerFactory.getLogger(DataverseClient.class);

    private final ServiceOrigin origin;
    private final AuthenticatedCalls calls;
    private final int maxRetries;
    private final StopSignal pause;
    /** Whether it was said that requests fail, since the last good answer. */
    private boolean told;

    /**
     * @param maxRetries how often a transient fault is tried again before it is reported; 0 for never
     * @param budget shared with the other clients of the same application
     * @param clock hears from every good answer what time it is
     */
    public DataverseClient(
            ServiceOrigin origin,
            HttpCalls calls,
            AccessTokens tokens,
            int maxRetries,
            StopSignal pause,
            RequestBudget budget,
            ServiceClock clock) {
        this(
                origin,
                new AuthenticatedCalls(origin.text(), calls, tokens, pause, budget, clock, Map.of()),
                maxRetries,
                pause);
    }

    private DataverseClient(ServiceOrigin origin, AuthenticatedCalls calls, int maxRetries, StopSignal pause) {
        this.origin = origin;
        this.calls = calls;
        this.maxRetries = maxRetries;
        this.pause = pause;
    }

    /**
     * The same client, acting for a user: what is read is what both the application and the user may read
     * (learn.microsoft.com, "Impersonate another user using the Web API").
     *
     * @param objectId of the user in Microsoft Entra ID; null to act for no user
     */
    public DataverseClient impersonating(@Nullable UUID objectId) {
        return objectId == null
                ? this
                : new DataverseClient(origin, calls.with("CallerObjectId", objectId.toString()), maxRetries, pause);
    }

    /**
     * Gets what a link leads to.
     *
     * @param base address the link was served from
     * @param link absolute or relative, as the service sent it
     * @param faults tells what is wrong with an answer
     * @return a good answer
     */
    public Answer get(URI base, String link, Map<String, String> headers, FaultReader faults) throws ServiceFault {
        URI target = origin.admit(base, link);
        return ask(() -> new HttpGet(target), headers, faults);
    }

    /**
     * Posts a question to a path of the organization. It is tried again like any other, so it must be one that changes
     * nothing.
     *
     * @param path a path that this component knows; never one that was served
     * @param body the question, in UTF-8
     * @param faults tells what is wrong with an answer
     * @return a good answer
     */
    public Answer post(String path, Map<String, String> headers, byte[] body, FaultReader faults) throws ServiceFault {
        return post(path, headers, () -> body, faults);
    }

    /**
     * The same with a question that may become shorter from one try to the next.
     *
     * @param body asked for at each try
     */
    public Answer post(String path, Map<String, String> headers, Supplier<byte[]> body, FaultReader faults)
            throws ServiceFault {
        URI target = origin.at(path);
        return ask(() -> postOf(target, body.get()), headers, faults);
    }

    /** What every request has beside the access token; the requests inside of another one do not have it from there. */
    public Map<String, String> headersOfEach() {
        return calls.headersOfEach();
    }

    private static HttpPost postOf(URI target, byte[] body) {
        HttpPost post = new HttpPost(target);
        post.setEntity(new ByteArrayEntity(body, null));
        return post;
    }

    private Answer ask(Supplier<HttpUriRequestBase> request, Map<String, String> headers, FaultReader faults)
            throws ServiceFault {
        for (int attempt = 0; ; attempt++) {
            try {
                Answer answer = calls.send(request, headers, faults);
                told = false;
                return answer;
            } catch (ServiceFault.Transient fault) {
                tell(fault, attempt);
                if (attempt >= maxRetries || !pause.last(RetryDelay.of(attempt, random()))) {
                    throw fault;
                }
            }
        }
    }

    /** Whoever waits for a service that takes long to fail sees the first failure, and not only what comes of all. */
    private void tell(ServiceFault.Transient fault, int attempt) {
        boolean first = !told && attempt < maxRetries && !pause.isStopping();
        told = true;
        LOG.atLevel(first ? Level.INFO : Level.DEBUG)
                .log("Trying again, up to {} times, after: {}", maxRetries - attempt, fault.getMessage());
    }

    /**
     * Sends a body, and does so once: only the service knows what became of a write whose answer is lost. A refused token
     * is renewed all the same, because the service did nothing then.
     *
     * @param method {@code POST} or {@code PUT}
     * @param base address the link is relative to
     * @param headers with the {@code Content-Type} of the body
     * @return a good answer
     */
    public Answer send(
            String method, URI base, String link, Map<String, String> headers, byte[] body, FaultReader faults)
            throws ServiceFault {
        URI target = origin.admit(base, link);
        Supplier<HttpUriRequestBase> request = () -> {
            HttpUriRequestBase made = new HttpUriRequestBase(method, target);
            made.setEntity(new ByteArrayEntity(body, null));
            return made;
        };
        return calls.send(request, headers, faults);
    }

    /** Gets an access token, if there is none that is good, and asks nothing else. */
    public void signIn() throws ServiceFault {
        calls.signIn();
    }

    /** The absolute form of a link, if it may be asked. */
    public String admitted(URI base, String link) throws ServiceFault.Permanent {
        return origin.admit(base, link).toString();
    }

    private static double random() {
        return ThreadLocalRandom.current().nextDouble();
    }
}
