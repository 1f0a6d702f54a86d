package io.github.cameldataverse.changes.internal.repository;

import io.github.cameldataverse.changes.internal.keyset.KeySetTokenRepository;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.TokenStoreException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.camel.CamelContext;

/**
 * The token repositories that the endpoints of one component use: started for the first of their users in this process,
 * whichever Camel context it is in, and stopped after the last one.
 *
 * <p>Some of Camel's own repositories forget their keys at a stop, and a route that is stopped and started would lose its
 * token with them. They stay until this is closed, which the component does when its context stops.
 *
 * <p>Thread-safe.
 */
public final class TokenRepositories implements AutoCloseable {

    private final Set<SharedRepository> kept = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * Begins to use a repository, which is started if it is not.
     *
     * @param context of the user
     * @throws TokenStoreException if it cannot be started; it is not used then, and the next call tries again
     * @throws IllegalArgumentException with a sentence, if it never can, as it is set up
     */
    public RepositoryUse use(CamelContext context, DeltaTokenRepository repository) {
        if (!(repository instanceof KeySetTokenRepository keySet)) {
            return RepositoryUse.begin(context, repository);
        }
        RepositoryUse use = RepositoryUse.begin(context, keySet.repository());
        try {
            keySet.start();
        } catch (RuntimeException e) {
            use.close();
            throw e;
        }
        if (!keySet.outlivesAStop()) {
            keep(use.shared());
        }
        return use;
    }

    private synchronized void keep(SharedRepository shared) {
        if (kept.add(shared)) {
            shared.keep();
        }
    }

    /** Ends what is kept. May be used again. */
    @Override
    public synchronized void close() {
        kept.forEach(SharedRepository::release);
        kept.clear();
    }
}
