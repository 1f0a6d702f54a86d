package io.github.cameldataverse.changes.internal.source;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The challenge that the organization answers to a token it refuses: it names the sign-in service of its tenant. That is a
 * hint for a person; where this process signs in is configuration, and nothing is sent to an address that a challenge
 * names.
 */
final class BearerChallenge {

    private static final Pattern AUTHORIZATION_URI = Pattern.compile(
            "\\bauthorization_uri\\s*=\\s*\"?https://([A-Za-z0-9.-]{1,253})(?::\\d+)?/([A-Za-z0-9.-]{1,255})(?=[/\",?\\s]|$)",
            Pattern.CASE_INSENSITIVE);

    private BearerChallenge() {}

    /** Tenant and sign-in service, as words of a sentence. */
    static Optional<String> place(String challenge) {
        Matcher named = AUTHORIZATION_URI.matcher(challenge);
        return named.find() ? Optional.of("the tenant " + named.group(2) + " at " + named.group(1)) : Optional.empty();
    }
}
