package io.github.cameldataverse.changes.internal.signin;

import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.MsalException;
import io.github.cameldataverse.changes.auth.AccessToken;
import io.github.cameldataverse.changes.auth.AccessTokenException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.camel.util.TimeUtils;

/**
 * Waits for a token that MSAL4J is getting, and says what went wrong.
 *
 * @param subject who wants the token and from where, behind "No access token for "
 * @param checklist what to check when it is refused; it stands before the authority's own message, which are long and may be
 *     cut
 * @param refusal whether a failure is a refusal, so that asking again is of no use
 */
record SignInCall(String subject, String checklist, Duration deadline, Predicate<Throwable> refusal) {

    AccessToken token(Future<IAuthenticationResult> coming) throws AccessTokenException {
        try {
            IAuthenticationResult result = coming.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            return new AccessToken(result.accessToken(), result.expiresOnDate().toInstant());
        } catch (ExecutionException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw AccessTokenException.unreachable(
                    sentence() + " within " + TimeUtils.printDuration(deadline, true), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AccessTokenException.unreachable("Stopped while waiting for an access token", e);
        }
    }

    /** A file is missing or unfit; it may be better the next time. */
    AccessTokenException unready(IllegalArgumentException unfit) {
        return AccessTokenException.unreachable(sentence() + ": " + unfit.getMessage(), null);
    }

    private AccessTokenException failed(Throwable cause) {
        if (refusal.test(cause)) {
            return AccessTokenException.refused(sentence() + " (check " + checklist + "): " + cause.getMessage(), null);
        }
        return AccessTokenException.unreachable(
                sentence() + ": " + (cause instanceof MsalException ? cause.getMessage() : cause.toString()), cause);
    }

    private String sentence() {
        return "No access token for " + subject;
    }
}
