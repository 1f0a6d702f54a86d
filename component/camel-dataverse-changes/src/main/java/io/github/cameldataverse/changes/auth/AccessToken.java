package io.github.cameldataverse.changes.auth;

import java.time.Instant;

/**
 * A bearer token.
 *
 * @param value the token itself, never logged
 * @param expires when it ends; {@link Instant#MAX} if that is not known
 */
public record AccessToken(String value, Instant expires) {

    @Override
    public String toString() {
        return "access token until " + expires;
    }
}
