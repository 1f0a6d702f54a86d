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
 * The access tokens that the token endpoints have issued, and the check of the {@code Authorization} of a request.
 * Thread-safe.
 */
public final class IssuedTokens {
    private static final String BEARER = "Bearer ";

    private final Accepted accepted;
    private final Optional<String> fixed;
    private final Clock clock;
    private final Switches switches;
    private final Map<String, Instant> expiries = new ConcurrentHashMap<>();

    /** Which requests are accepted. */
    public enum Accepted {
        /** All of them, with or without an access token. */
        ANY,
        /** Those with the fixed token or with an issued one that has not expired. */
        KNOWN
    }

    public IssuedTokens(Accepted accepted, Optional<String> fixed, Clock clock, Switches switches) {
        this.accepted = accepted;
        this.fixed = fixed;
        this.clock = clock;
        this.switches = switches;
    }

    /** Whether a request with this {@code Authorization} is accepted. */
    public boolean accepts(Optional<String> authorization) {
        return accepted == Accepted.ANY
                || authorization
                        .filter(text -> text.startsWith(BEARER))
                        .map(text -> text.substring(BEARER.length()))
                        .filter(this::isValid)
                        .isPresent();
    }

    /** No token issued so far is accepted any more, as after a secret was revoked. */
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
        return fixed.filter(token::equals).isPresent()
                || clock.instant().isBefore(expiries.getOrDefault(token, Instant.MIN));
    }
}
