package io.github.cameldataverse.changes.internal.repository;

import io.github.cameldataverse.changes.token.TokenStoreException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.StatefulService;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A repository that somebody in this process uses. The first user has it started, unless it is already, and the last one
 * has it stopped, if it was started here. Others may start and stop it as well: each idempotent consumer of a route does.
 * Therefore it is started whenever a use begins that does not find it so, and left alone where it is a service of a Camel
 * context, because then it is somebody else's too.
 */
final class SharedRepository {

    private static final Logger LOG = LoggerFactory.getLogger(SharedRepository.class);

    private static final Map<IdempotentRepository, SharedRepository> IN_USE =
            Collections.synchronizedMap(new IdentityHashMap<>());

    private final IdempotentRepository repository;
    private final Map<CamelContext, Integer> users = new IdentityHashMap<>();
    private int keepers;
    private boolean startedHere;
    private boolean over;

    private SharedRepository(IdempotentRepository repository) {
        this.repository = repository;
    }

    /**
     * The repository with one more user, started.
     *
     * @throws TokenStoreException if it cannot be started; it has no more users than before then
     * @throws IllegalArgumentException with a sentence, if it never can, as it is set up
     */
    static SharedRepository entered(CamelContext context, IdempotentRepository repository) {
        while (true) {
            SharedRepository shared = IN_USE.computeIfAbsent(repository, SharedRepository::new);
            if (shared.enter(context)) {
                return shared;
            }
        }
    }

    IdempotentRepository repository() {
        return repository;
    }

    /** False if the last user has just left. */
    private synchronized boolean enter(CamelContext context) {
        if (over) {
            return false;
        }
        int usersThere = users.merge(context, 1, Integer::sum);
        try {
            start(context, usersThere == 1);
            return true;
        } catch (TokenStoreException | IllegalArgumentException e) {
            leave(context);
            throw e;
        } catch (Exception e) {
            leave(context);
            throw new TokenStoreException(
                    "Could not start the " + repository.getClass().getName() + " that holds delta tokens: "
                            + e.getMessage(),
                    e);
        }
    }

    private void start(CamelContext context, boolean isNewThere) throws Exception {
        boolean started = isStarted();
        if ((isNewThere || !started) && !context.hasService(repository)) {
            // Injects the context and shows it in management too. It does not stay in the context's list of services,
            // because the context would stop it under the users of another one.
            context.addService(repository, false, true);
        } else if (!started) {
            ServiceHelper.startService(repository);
        }
        startedHere |= !started;
    }

    private boolean isStarted() {
        return repository instanceof StatefulService service ? service.isStarted() : startedHere;
    }

    /** One user less. */
    synchronized void leave(CamelContext context) {
        if (users.merge(context, -1, Integer::sum) == 0) {
            users.remove(context);
            endUnlessUsed(hide(context));
        }
    }

    /** Takes it out of management; whether nobody else in the context has it. */
    private boolean hide(CamelContext context) {
        if (context.hasService(repository)) {
            return false;
        }
        try {
            context.removeService(repository);
        } catch (Exception e) {
            LOG.debug("{} could not be taken out of management", repository, e);
        }
        return true;
    }

    /** Nobody's last use ends it before {@link #release}. */
    synchronized void keep() {
        keepers++;
    }

    synchronized void release() {
        keepers--;
        endUnlessUsed(true);
    }

    private void endUnlessUsed(boolean isOursAlone) {
        if (!users.isEmpty() || keepers > 0 || over) {
            return;
        }
        over = true;
        try {
            if (startedHere && isOursAlone) {
                ServiceHelper.stopService(repository);
            }
        } finally {
            IN_USE.remove(repository, this);
        }
    }
}
