package io.github.cameldataverse.changes.testkit.entra;

import io.github.cameldataverse.changes.testkit.switches.Switches;
import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Question;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Whoever gives out access tokens: the token endpoint of the tenant, and those of managed identities. Thread-safe. */
public final class Authority {
    private final TokenEndpoint tokenEndpoint;
    private final IdentityEndpoint identities;
    private final AtomicInteger answered = new AtomicInteger();

    /**
     * @param client the application that is given tokens; without one, any id and secret are taken
     * @param identities client ids of the managed identities, an empty text for that of the machine itself
     */
    public Authority(
            String tenant, Optional<Client> client, Set<String> identities, AccessTokens tokens, Switches switches) {
        this.tokenEndpoint = new TokenEndpoint(tenant, client, tokens, switches);
        this.identities = new IdentityEndpoint(identities, tokens);
    }

    /** Whether a question is meant for it. */
    public static boolean isMeantBy(Question question) {
        return TokenEndpoint.isMeantBy(question) || IdentityEndpoint.isMeantBy(question);
    }

    /** A token, or a refusal. */
    public Answer answer(Question question) {
        answered.incrementAndGet();
        return TokenEndpoint.isMeantBy(question) ? tokenEndpoint.answer(question) : identities.answer(question);
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
        return IdentityEndpoint.APP_SERVICE;
    }

    /** What that endpoint wants in its header. */
    public String identityHeader() {
        return identities.header();
    }
}
