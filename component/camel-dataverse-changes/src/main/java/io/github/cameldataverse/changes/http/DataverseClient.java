package io.github.cameldataverse.changes.http;

import io.github.cameldataverse.changes.auth.AccessToken;
import io.github.cameldataverse.changes.auth.AccessTokenException;
import io.github.cameldataverse.changes.auth.AccessTokens;
import java.io.IOException;
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

/**
 * Asks the organization: admits the link, puts the token to it, renews the token once if it is refused, and tries a
 * transient fault again a few times. Each request waits for its turn. For one thread at a time.
 */
public final class DataverseClient {

    private static final Logger LOG = LoggerFactory.getLogger(DataverseClient.class);

    private final ServiceOrigin origin;
    private final HttpCalls calls;
    private final AccessTokens tokens;
    private final int maxRetries;
    private final Pause pause;
    private final RequestBudget budget;
    private final Map<String, String> standing;

    /**
     * @param maxRetries how often a transient fault is tried again before it is reported; 0 for never
     * @param budget shared with the other clients of the same application
     */
    public DataverseClient(
            ServiceOrigin origin,
            HttpCalls calls,
            AccessTokens tokens,
            int maxRetries,
            Pause pause,
            RequestBudget budget) {
        this(origin, calls, tokens, maxRetries, pause, budget, Map.of());
    }

    private DataverseClient(
            ServiceOrigin origin,
            HttpCalls calls,
            AccessTokens tokens,
            int maxRetries,
            Pause pause,
            RequestBudget budget,
            Map<String, String> standing) {
        this.standing = standing;
        this.origin = origin;
        this.calls = calls;
        this.tokens = tokens;
        this.maxRetries = maxRetries;
        this.pause = pause;
        this.budget = budget;
    }

    /**
     * The same client, acting for a user: what is read is what both the application and the user may read
     * (learn.microsoft.com, "Impersonate another user using the Web API").
     *
     * @param objectId of the user in Microsoft Entra ID; null for nobody
     */
    public DataverseClient impersonating(@Nullable UUID objectId) {
        return objectId == null
                ? this
                : new DataverseClient(
                        origin,
                        calls,
                        tokens,
                        maxRetries,
                        pause,
                        budget,
                        Map.of("CallerObjectId", objectId.toString()));
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
        URI target = origin.at(path);
        return ask(() -> postOf(target, body), headers, faults);
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
                return once(request, headers, faults);
            } catch (ServiceFault.Transient fault) {
                if (attempt >= maxRetries || !pause.last(RetryDelay.of(attempt, random()))) {
                    throw fault;
                }
                LOG.debug("Trying again after: {}", fault.getMessage());
            }
        }
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
        return once(request, headers, faults);
    }

    /** Has an access token got, if there is none in hand, and asks nothing. */
    public void signIn() throws ServiceFault {
        token();
    }

    /** The absolute form of a link, if it may be asked. */
    public String admitted(URI base, String link) throws ServiceFault.Permanent {
        return origin.admit(base, link).toString();
    }

    private Answer once(Supplier<HttpUriRequestBase> request, Map<String, String> headers, FaultReader faults)
            throws ServiceFault {
        if (pause.isStopping()) {
            throw new ServiceFault.Transient("The reader is stopping", 0, null);
        }
        AccessToken token = token();
        Answer answer = inTurn(request.get(), headers, token, any -> {
            if (any.status() != 401) {
                faults.check(any);
            }
        });
        if (answer.status() != 401) {
            return answer;
        }
        AccessToken fresh = tokenInsteadOf(token);
        if (fresh.equals(token)) {
            faults.check(answer);
            return answer;
        }
        return inTurn(request.get(), headers, fresh, faults);
    }

    private Answer inTurn(
            HttpUriRequestBase request, Map<String, String> headers, AccessToken token, FaultReader faults)
            throws ServiceFault {
        return budget.answer(pause, () -> call(request, headers, token), faults);
    }

    private Answer call(HttpUriRequestBase request, Map<String, String> headers, AccessToken token)
            throws ServiceFault {
        headers.forEach(request::setHeader);
        standing.forEach(request::setHeader);
        request.setHeader("Authorization", "Bearer " + token.value());
        try {
            Answer answer = calls.send(request, pause::isStopping);
            LOG.debug(
                    "{} {} -> {} ({})",
                    request.getMethod(),
                    answer.from().getRawPath(),
                    answer.status(),
                    answer.body());
            return answer;
        } catch (IOException e) {
            throw NetworkFaults.of(origin.text(), e);
        }
    }

    private AccessToken token() throws ServiceFault {
        try {
            return tokens.current();
        } catch (AccessTokenException e) {
            throw noToken(e);
        }
    }

    private AccessToken tokenInsteadOf(AccessToken refused) throws ServiceFault {
        try {
            return tokens.insteadOf(refused);
        } catch (AccessTokenException e) {
            throw noToken(e);
        }
    }

    private static ServiceFault noToken(AccessTokenException e) {
        String sentence = ServiceText.clean(String.valueOf(e.getMessage()));
        return e.isRefused()
                ? new ServiceFault.Unauthorized(sentence, 0, e)
                : new ServiceFault.Transient(sentence, 0, e);
    }

    private static double random() {
        return ThreadLocalRandom.current().nextDouble();
    }
}
