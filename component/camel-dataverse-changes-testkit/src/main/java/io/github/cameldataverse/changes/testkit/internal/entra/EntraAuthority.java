package io.github.cameldataverse.changes.testkit.internal.entra;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Whoever gives out access tokens: the token endpoint of the tenant, and those of managed identities. Thread-safe. */
public final class EntraAuthority {
    private final EntraTokenEndpoint tokenEndpoint;
    private final ManagedIdentityEndpoint identities;
    private final AtomicInteger answered = new AtomicInteger();

    /**
     * @param client the application that is given tokens; without one, any id and secret are taken
     * @param identities client ids of the managed identities, an empty text for that of the machine itself
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

    /** Whether a question is meant for it. */
    public static boolean isMeantBy(ServiceRequest question) {
        return EntraTokenEndpoint.isMeantBy(question) || ManagedIdentityEndpoint.isMeantBy(question);
    }

    /** A token, or a refusal. */
    public ServiceResponse answer(ServiceRequest question) {
        answered.incrementAndGet();
        return EntraTokenEndpoint.isMeantBy(question) ? tokenEndpoint.answer(question) : identities.answer(question);
    }

    /** How many questions were answered, refusals included. */
    public int answered() {
        return answered.get();
    }

    /** Counts from 0 again. */
    public void forget() {
        answered.set(0);
    }

    /** Path of the identity endpoint of App Service. */
    public static String identityPath() {
        return ManagedIdentityEndpoint.APP_SERVICE;
    }

    /** What that endpoint wants in its header. */
    public String identityHeader() {
        return identities.header();
    }
}
