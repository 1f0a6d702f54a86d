package io.github.cameldataverse.changes.internal.http;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.auth.AccessToken;
import io.github.cameldataverse.changes.auth.AccessTokenException;
import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.http.answer.FaultReader;
import io.github.cameldataverse.changes.internal.http.answer.SignInPage;
import io.github.cameldataverse.changes.internal.http.budget.RequestBudget;
import io.github.cameldataverse.changes.internal.http.budget.StopSignal;
import io.github.cameldataverse.changes.internal.http.clock.ServiceClock;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries one request to the organization: in its turn, with the access token, which is renewed once if it is refused. What
 * the answers say of the time is heard here, where no answer of a sign-in service passes. For one thread at a time.
 */
final class AuthenticatedCalls {

    private static final Logger LOG = LoggerFactory.getLogger(AuthenticatedCalls.class);

    private final String origin;
    private final HttpCalls calls;
    private final AccessTokens tokens;
    private final StopSignal pause;
    private final RequestBudget budget;
    private final ServiceClock clock;
    private final Map<String, String> always;

    /** @param always headers of every request */
    AuthenticatedCalls(
            String origin,
            HttpCalls calls,
            AccessTokens tokens,
            StopSignal pause,
            RequestBudget budget,
            ServiceClock clock,
            Map<String, String> always) {
        this.origin = origin;
        this.calls = calls;
        this.tokens = tokens;
        this.pause = pause;
        this.budget = budget;
        this.clock = clock;
        this.always = always;
    }

    /** The same with a header that every request has. */
    AuthenticatedCalls with(String name, String value) {
        return new AuthenticatedCalls(origin, calls, tokens, pause, budget, clock, Map.of(name, value));
    }

    Map<String, String> headersOfEach() {
        return always;
    }

    /** Gets an access token, if there is none that is good. */
    void signIn() throws ServiceFault {
        AccessToken unused = token();
    }

    /** A good answer. */
    Answer send(Supplier<HttpUriRequestBase> request, Map<String, String> headers, FaultReader faults)
            throws ServiceFault {
        if (pause.isStopping()) {
            throw new ServiceFault.Transient("The reader is stopping", 0, null);
        }
        AccessToken token = token();
        Answer answer = inTurn(request.get(), headers, token, any -> {
            if (!isRefused(any)) {
                faults.check(any);
            }
        });
        if (!isRefused(answer)) {
            return answer;
        }
        AccessToken fresh = tokenInsteadOf(token);
        if (fresh.equals(token)) {
            check(answer, faults);
            return answer;
        }
        return inTurn(request.get(), headers, fresh, any -> check(any, faults));
    }

    /** Whether another token may be what is missing. */
    private static boolean isRefused(Answer answer) {
        return answer.status() == 401 || SignInPage.host(answer).isPresent();
    }

    private static void check(Answer answer, FaultReader faults) throws ServiceFault {
        Optional<String> page = SignInPage.host(answer);
        if (page.isPresent()) {
            throw new ServiceFault.Unauthorized(
                            "The organization led to the sign-in page at " + page.get() + " (HTTP " + answer.status()
                                    + "), as it does where an access token is refused, also a fresh one. Check that the application"
                                    + " belongs to the tenant of the organization, that organizationUrl is right, that no policy of"
                                    + " conditional access keeps the application out, and that no proxy that wants a sign-in"
                                    + " stands between",
                            answer.status(),
                            null)
                    .withRequestId(answer.requestId());
        }
        faults.check(answer);
    }

    private Answer inTurn(
            HttpUriRequestBase request, Map<String, String> headers, AccessToken token, FaultReader faults)
            throws ServiceFault {
        return budget.answer(pause, () -> call(request, headers, token), faults);
    }

    private Answer call(HttpUriRequestBase request, Map<String, String> headers, AccessToken token)
            throws ServiceFault {
        headers.forEach(request::setHeader);
        always.forEach(request::setHeader);
        calls.secrets().renew(token.value());
        request.setHeader("Authorization", "Bearer " + token.value());
        try {
            Answer answer = calls.send(request, pause::isStopping);
            clock.hear(answer);
            LOG.debug(
                    "{} {} -> {} ({}, request id {})",
                    request.getMethod(),
                    answer.from().getRawPath(),
                    answer.status(),
                    answer.body(),
                    answer.requestId());
            return answer;
        } catch (IOException e) {
            throw NetworkFaults.of(origin, e, calls.secrets());
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

    private ServiceFault noToken(AccessTokenException e) {
        String sentence = calls.secrets().clean(String.valueOf(e.getMessage()));
        Throwable cause = calls.secrets().fit(e);
        return e.isRefused()
                ? new ServiceFault.Unauthorized(sentence, 0, cause)
                : new ServiceFault.Transient(sentence, 0, cause);
    }
}
