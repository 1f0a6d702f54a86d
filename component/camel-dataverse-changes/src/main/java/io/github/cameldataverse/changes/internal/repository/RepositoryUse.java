package io.github.cameldataverse.changes.internal.repository;

import io.github.cameldataverse.changes.token.TokenStoreException;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.IdempotentRepository;

/** One use of a repository, which is not stopped before it ends. Thread-safe. */
public final class RepositoryUse implements AutoCloseable {

    private final SharedRepository shared;
    private final CamelContext context;
    private boolean over;

    private RepositoryUse(SharedRepository shared, CamelContext context) {
        this.shared = shared;
        this.context = context;
    }

    static RepositoryUse begin(CamelContext context, IdempotentRepository repository) {
        return new RepositoryUse(SharedRepository.entered(context, repository), context);
    }

    SharedRepository shared() {
        return shared;
    }

    /**
     * A second use beside this one, which may last longer.
     *
     * @throws TokenStoreException if somebody else has stopped the repository, and it cannot be started again
     */
    public RepositoryUse again() {
        return begin(context, shared.repository());
    }

    /** Ends this use, once. */
    @Override
    public synchronized void close() {
        if (!over) {
            over = true;
            shared.leave(context);
        }
    }
}
