package io.github.cameldataverse.changes.internal.http;

import io.github.cameldataverse.changes.auth.AccessToken;
import io.github.cameldataverse.changes.auth.AccessTokenException;
import io.github.cameldataverse.changes.auth.AccessTokenProvider;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the current token until shortly before it expires, for all endpoints that sign in alike. MSAL4J has a cache of its own, but
 * not for every authority: for an unknown host it asks each time, so the keeping is done here. Thread-safe.
 */
public final class AccessTokens {

    private static final Duration MARGIN = Duration.ofMinutes(5);
    private static final Duration LEAST = Duration.ofMinutes(1);

    /** How long one waits while another endpoint signs in. Then it does so itself: the other one may hang, or be stopped. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final AccessTokenProvider provider;
    private final String resource;
    private final Clock clock;
    private final Kept kept;

    /** What is kept: one for all that sign in alike, at one organization. Thread-safe. */
    public static final class Kept {

        private final ReentrantLock renewing = new ReentrantLock();
        private volatile Optional<Renewable> current = Optional.empty();
    }

    private record Renewable(AccessToken token, Instant at) {}

    /** For one endpoint alone. */
    public AccessTokens(AccessTokenProvider provider, String resource, Clock clock) {
        this(provider, resource, clock, new Kept());
    }

    /**
     * @param resource the organization the tokens are for
     * @param kept where they are kept
     */
    public AccessTokens(AccessTokenProvider provider, String resource, Clock clock, Kept kept) {
        this.provider = provider;
        this.resource = resource;
        this.clock = clock;
        this.kept = kept;
    }

    /** The current token, or a new one if it is about to expire. */
    public AccessToken current() throws AccessTokenException {
        return keptOrNew(() -> kept.current.filter(token -> clock.instant().isBefore(token.at())));
    }

    /** A token other than the one that the service has just refused. */
    public AccessToken insteadOf(AccessToken refused) throws AccessTokenException {
        return keptOrNew(() -> kept.current.filter(token -> !token.token().equals(refused)));
    }

    /** Who waited for another one to sign in finds its token. */
    private AccessToken keptOrNew(Supplier<Optional<Renewable>> good) throws AccessTokenException {
        Optional<Renewable> found = good.get();
        if (found.isPresent()) {
            return found.get().token();
        }
        boolean locked = lock();
        try {
            found = good.get();
            return found.isPresent() ? found.get().token() : renew();
        } finally {
            if (locked) {
                kept.renewing.unlock();
            }
        }
    }

    /** Whether it came to that within the time that one waits. */
    private boolean lock() {
        try {
            return kept.renewing.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private AccessToken renew() throws AccessTokenException {
        Instant now = clock.instant();
        AccessToken token = asked();
        Instant at = token.expires().equals(Instant.MAX) ? Instant.MAX : renewal(now, token.expires());
        kept.current = Optional.of(new Renewable(token, at));
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
