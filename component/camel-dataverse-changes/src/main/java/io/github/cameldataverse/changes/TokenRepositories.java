package io.github.cameldataverse.changes;

import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a token repository under the context, which stops it when it stops itself: routes come and go before that. */
final class TokenRepositories {

    private static final Logger LOG = LoggerFactory.getLogger(TokenRepositories.class);

    private TokenRepositories() {}

    static void start(CamelContext context, Subscription subscription) throws Exception {
        DeltaTokenRepository repository = subscription.repository();
        if (!context.hasService(repository)) {
            CamelContextAware.trySetCamelContext(repository, context);
            context.addService(repository, true, true);
        }
        if (subscription.isMemory()) {
            LOG.warn(
                    "{}: delta tokens are kept in memory and end with the process; the next start reads the whole table"
                            + " again. Set idempotentRepository to a FileDeltaTokenRepository or JdbcDeltaTokenRepository",
                    subscription);
        }
    }
}
