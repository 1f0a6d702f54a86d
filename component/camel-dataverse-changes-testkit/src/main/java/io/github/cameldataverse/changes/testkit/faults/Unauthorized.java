package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.argument.Argument;
import io.github.cameldataverse.changes.testkit.internal.response.TokenChallenge;
import java.util.function.Supplier;

/**
 * The access token is not accepted: 401 with a challenge.
 *
 * @param authority what the challenge names as {@code authorization_uri}; a client must not trust it
 */
public record Unauthorized(String authority) implements Fault {
    public Unauthorized {
        Argument.given("Unauthorized.authority", authority);
    }

    /** The challenge names the authority of the platform. */
    public Unauthorized() {
        this(TokenChallenge.authority("72f988bf-86f1-41af-91ab-2d7cd011db47"));
    }

    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        return TokenChallenge.answer(authority, request.origin());
    }
}
