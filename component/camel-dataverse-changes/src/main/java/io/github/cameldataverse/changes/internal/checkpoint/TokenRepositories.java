package io.github.cameldataverse.changes.internal.checkpoint;

import io.github.cameldataverse.changes.internal.keyset.KeySetTokenRepository;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.spi.IdempotentRepository;

/** Starts a token repository under the context, which stops it when it stops itself: routes come and go before that. */
public final class TokenRepositories {

    private TokenRepositories() {}

    public static void start(CamelContext context, DeltaTokenRepository repository) throws Exception {
        if (repository instanceof KeySetTokenRepository keySet) {
            // It ends with its endpoint; what it stands on is the user's, and stays.
            startUnder(context, keySet.repository());
            keySet.start();
        } else {
            startUnder(context, repository);
        }
    }

    private static void startUnder(CamelContext context, IdempotentRepository repository) throws Exception {
        if (!context.hasService(repository)) {
            CamelContextAware.trySetCamelContext(repository, context);
            context.addService(repository, true, true);
        }
    }
}
