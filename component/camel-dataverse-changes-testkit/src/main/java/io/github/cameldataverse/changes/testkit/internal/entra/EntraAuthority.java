package io.github.cameldataverse.changes.testkit.internal.entra;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** All endpoints that issue access tokens: that of the tenant and those of managed identities. Thread-safe. */
public final class EntraAuthority {
    private final EntraTokenEndpoint tokenEndpoint;
    private final ManagedIdentityEndpoint identities;
    private final AtomicInteger requestCount = new AtomicInteger();

    /**
     * @param client the application that tokens are issued to; without one, any id and secret are accepted
     * @param identities client ids of the managed identities, an empty one for the system-assigned identity
     */
    public EntraAuthority(
            String tenant,
            Optional<RegisteredApplication> client,
            Set<String> identities,
            IssuedTokens tokens,
            Switches switches) {
        this.tokenEndpoint = new EntraTokenEndpoint(tenant, client, tokens, switches);
        this.identities = new ManagedIdentityEndpoint(identities, tokens);
    }

    /** Whether a request is for one of them. */
    public static boolean isFor(ServiceRequest request) {
        return EntraTokenEndpoint.isFor(request) || ManagedIdentityEndpoint.isFor(request);
    }

    /** An access token, or a refusal. */
    public ServiceResponse answer(ServiceRequest request) {
        requestCount.incrementAndGet();
        return EntraTokenEndpoint.isFor(request) ? tokenEndpoint.answer(request) : identities.answer(request);
    }

    /** How many questions were requestCount, refusals included. */
    public int requestCount() {
        return requestCount.get();
    }

    /** Counts from 0 again. */
    public void resetCount() {
        requestCount.set(0);
    }

    /** Path of the identity endpoint of App Service. */
    public static String identityPath() {
        return ManagedIdentityEndpoint.APP_SERVICE;
    }

    /** The secret that this endpoint expects in the header. */
    public String identityHeader() {
        return identities.header();
    }
}
