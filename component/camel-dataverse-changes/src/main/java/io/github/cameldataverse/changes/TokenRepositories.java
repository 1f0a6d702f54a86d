package io.github.cameldataverse.changes;

import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;

/** Starts a token repository under the context, which stops it when it stops itself: routes come and go before that. */
final class TokenRepositories {

    private TokenRepositories() {}

    static void start(CamelContext context, DeltaTokenRepository repository) throws Exception {
        if (!context.hasService(repository)) {
            CamelContextAware.trySetCamelContext(repository, context);
            context.addService(repository, true, true);
        }
    }
}
