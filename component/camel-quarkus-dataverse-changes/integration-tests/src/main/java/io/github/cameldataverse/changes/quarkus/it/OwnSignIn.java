package io.github.cameldataverse.changes.quarkus.it;

import io.github.cameldataverse.changes.auth.AccessToken;
import io.github.cameldataverse.changes.auth.AccessTokenProvider;
import java.time.Instant;

/** A way to sign in that the component does not bring; named by its class in the route. */
public final class OwnSignIn implements AccessTokenProvider {

    @Override
    public AccessToken getAccessToken(String resource) {
        return new AccessToken("own", Instant.MAX);
    }
}
