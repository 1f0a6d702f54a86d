package io.github.cameldataverse.changes.internal.http;

import io.github.cameldataverse.changes.auth.AccessToken;
import io.github.cameldataverse.changes.auth.AccessTokenException;
import io.github.cameldataverse.changes.auth.AccessTokenProvider;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the current token until shortly before it expires. MSAL4J has a cache of its own, but not for every authority:
 * for an unknown host it asks each time, so the keeping is done here. Thread-safe.
 */
public final class AccessTokens {

    private static final Duration MARGIN = Duration.ofMinutes(5);
    private static final Duration LEAST = Duration.ofMinutes(1);

    private final AccessTokenProvider provider;
    private final String resource;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable AccessToken kept;
    private Instant renewAt = Instant.MIN;

    /** @param resource the organization the tokens are for */
    public AccessTokens(AccessTokenProvider provider, String resource, Clock clock) {
        this.provider = provider;
        this.resource = resource;
        this.clock = clock;
    }

    /** The current token, or a new one if it is about to expire. */
    public AccessToken current() throws AccessTokenException {
        lock.lock();
        try {
            return kept != null && clock.instant().isBefore(renewAt) ? kept : renew();
        } finally {
            lock.unlock();
        }
    }

    /** A token other than the one that the service has just refused. */
    public AccessToken insteadOf(AccessToken refused) throws AccessTokenException {
        lock.lock();
        try {
            return kept == null || kept.equals(refused) ? renew() : kept;
        } finally {
            lock.unlock();
        }
    }

    private AccessToken renew() throws AccessTokenException {
        Instant now = clock.instant();
        AccessToken token = asked();
        renewAt = token.expires().equals(Instant.MAX) ? Instant.MAX : renewal(now, token.expires());
        kept = token;
        return token;
    }

    private AccessToken asked() throws AccessTokenException {
        @Nullable AccessToken token = provider.getAccessToken(resource);
        if (token == null) {
            // A provider is a user's bean, and nothing holds it to the contract.
            throw AccessTokenException.refused(
                    "The access token provider gave no token for " + resource + "; it must return one or throw", null);
        }
        return token;
    }

    /** Shortly before the end, yet never so early that a short-lived token would be asked for at every request. */
    private static Instant renewal(Instant now, Instant expires) {
        if (!expires.isAfter(now)) {
            // By a clock that may be wrong. The service knows better, and its 401 renews the token at once.
            return now.plus(LEAST);
        }
        Duration life = Duration.between(now, expires);
        Duration tenth = life.dividedBy(10);
        return expires.minus(tenth.compareTo(MARGIN) < 0 ? tenth : MARGIN);
    }
}
