package io.github.cameldataverse.changes.internal.keyset;

import io.github.cameldataverse.changes.token.TokenStoreException;
import java.util.List;
import org.apache.camel.spi.IdempotentRepository;

/**
 * The three things that every idempotent repository of Camel can do. Failures come as {@link TokenStoreException}, which
 * says nothing of whether the thing was done.
 */
class RepositoryKeys {

    private final IdempotentRepository repository;

    RepositoryKeys(IdempotentRepository repository) {
        this.repository = repository;
    }

    /** Whether the key was not there before: true for one of all who add it. */
    boolean add(String key) {
        try {
            return repository.add(key);
        } catch (RuntimeException e) {
            throw failed("add a key to", e);
        }
    }

    boolean contains(String key) {
        try {
            return repository.contains(key);
        } catch (RuntimeException e) {
            throw failed("look for a key in", e);
        }
    }

    /** Removes in the order given, so that a crash leaves the end of the list. Keys that are not there do not matter. */
    void remove(List<String> keys) {
        try {
            keys.forEach(repository::remove);
        } catch (RuntimeException e) {
            throw failed("remove a key from", e);
        }
    }

    final TokenStoreException failed(String what, Exception cause) {
        return new TokenStoreException(
                "Could not " + what + " the " + repository.getClass().getName() + " that holds delta tokens: "
                        + cause.getMessage(),
                cause);
    }

    @Override
    public final String toString() {
        return "keys of the " + repository.getClass().getName();
    }
}
