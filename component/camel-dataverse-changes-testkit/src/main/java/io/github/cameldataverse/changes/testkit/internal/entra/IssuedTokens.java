package io.github.cameldataverse.changes.testkit.internal.entra;

import io.github.cameldataverse.changes.testkit.switches.Switch;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which access tokens are accepted. As long as neither a fixed token nor an application is set, every request is; then
 * only the fixed token is, and those given out by the token endpoint until they expire. Thread-safe.
 */
public final class IssuedTokens {
    private static final String BEARER = "Bearer ";

    private final Optional<String> fixed;
    private final boolean strict;
    private final Clock clock;
    private final Switches switches;
    private final Map<String, Instant> expiries = new ConcurrentHashMap<>();

    public IssuedTokens(Optional<String> fixed, boolean strict, Clock clock, Switches switches) {
        this.fixed = fixed;
        this.strict = strict || fixed.isPresent();
        this.clock = clock;
        this.switches = switches;
    }

    /** Whether a request with this {@code Authorization} is let in. */
    public boolean accepts(Optional<String> authorization) {
        return !strict
                || authorization
                        .filter(text -> text.startsWith(BEARER))
                        .map(text -> text.substring(BEARER.length()))
                        .filter(this::isValid)
                        .isPresent();
    }

    /** No token given out so far is accepted any more, as after a secret was withdrawn. */
    public void revokeAll() {
        expiries.clear();
    }

    Duration lifetime() {
        return switches.get(Switch.TOKEN_LIFETIME);
    }

    Instant now() {
        return clock.instant();
    }

    String issue() {
        String token = "simulated." + UUID.randomUUID();
        expiries.put(token, now().plus(lifetime()));
        return token;
    }

    private boolean isValid(String token) {
        Instant expiry = expiries.get(token);
        return fixed.filter(token::equals).isPresent()
                || (expiry != null && clock.instant().isBefore(expiry));
    }
}
