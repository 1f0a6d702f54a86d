package io.github.cameldataverse.changes.http;

import io.github.cameldataverse.changes.auth.AccessToken;
import io.github.cameldataverse.changes.auth.AccessTokenException;
import io.github.cameldataverse.changes.auth.AccessTokens;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.hc.client5.http.classic.methods.HttpGet;
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
        this.origin = origin;
        this.calls = calls;
        this.tokens = tokens;
        this.maxRetries = maxRetries;
        this.pause = pause;
        this.budget = budget;
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
        for (int attempt = 0; ; attempt++) {
            try {
                return getOnce(target, headers, faults);
            } catch (ServiceFault.Transient fault) {
                if (attempt >= maxRetries || !pause.last(RetryDelay.of(attempt, random()))) {
                    throw fault;
                }
                LOG.debug("Trying again after: {}", fault.getMessage());
            }
        }
    }

    /** The absolute form of a link, if it may be asked. */
    public String admitted(URI base, String link) throws ServiceFault.Permanent {
        return origin.admit(base, link).toString();
    }

    private Answer getOnce(URI target, Map<String, String> headers, FaultReader faults) throws ServiceFault {
        if (pause.isStopping()) {
            throw new ServiceFault.Transient("The reader is stopping", 0, null);
        }
        AccessToken token = token();
        Answer answer = inTurn(target, headers, token, any -> {
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
        return inTurn(target, headers, fresh, faults);
    }

    private Answer inTurn(URI target, Map<String, String> headers, AccessToken token, FaultReader faults)
            throws ServiceFault {
        return budget.answer(pause, () -> call(target, headers, token), faults);
    }

    private Answer call(URI target, Map<String, String> headers, AccessToken token) throws ServiceFault {
        HttpGet request = new HttpGet(target);
        headers.forEach(request::setHeader);
        request.setHeader("Authorization", "Bearer " + token.value());
        try {
            Answer answer = calls.send(request, pause::isStopping);
            LOG.debug("GET {} -> {} ({})", target.getRawPath(), answer.status(), answer.body());
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
