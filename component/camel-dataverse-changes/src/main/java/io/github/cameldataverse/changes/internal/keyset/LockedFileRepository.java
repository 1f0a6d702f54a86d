package io.github.cameldataverse.changes.internal.keyset;

import java.io.IOException;
import java.util.AbstractMap;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;
import org.jspecify.annotations.Nullable;

/**
 * Works under the lock of Camel's file repository. Others may add keys to the same file at any time, and the lock
 * that keeps them apart is private; but the repository asks its first-level cache while it holds the lock, and the cache
 * can be set. So this one stands before the cache, and does a piece of work when it is asked for a key of its own. It
 * also sees every key that is read from the file, and keeps those of tokens.
 *
 * <p>Used by one thread at a time, the one that holds the monitor of the repository.
 */
final class LockedFileRepository extends AbstractMap<String, Object> {

    private static final String OWN_KEY = "dataverse-changes: work under the lock";

    private final FileIdempotentRepository repository;
    private final Map<String, Object> cache;
    private final Set<String> ours = ConcurrentHashMap.newKeySet();
    private volatile boolean isDoubtful = true;
    private @Nullable Work work;
    private @Nullable IOException failure;

    private LockedFileRepository(FileIdempotentRepository repository, Map<String, Object> cache) {
        this.repository = repository;
        this.cache = cache;
    }

    /** Work on the file of the repository. */
    interface Work {
        void run() throws IOException;
    }

    /** The lock of a started repository, which has only one. */
    static LockedFileRepository of(FileIdempotentRepository repository) {
        if (repository.getCache() instanceof LockedFileRepository locked) {
            return locked;
        }
        LockedFileRepository locked = new LockedFileRepository(repository, repository.getCache());
        repository.setCache(locked);
        return locked;
    }

    /** Does a piece of work while no other thread reads or writes the file through the repository. */
    void underLock(Work toDo) throws IOException {
        work = toDo;
        failure = null;
        boolean ran = repository.contains(OWN_KEY);
        work = null;
        if (failure != null) {
            throw failure;
        }
        if (!ran) {
            throw new IOException("its cache was not asked while it held its lock; this version of Camel is not known");
        }
    }

    /** Something failed, so that the cache may not be what the file is. */
    void doubt() {
        isDoubtful = true;
    }

    /** Reads the file again if there is a doubt, and does a piece of work on it first. Until that is done, nothing is known. */
    void settle(Work first) throws IOException {
        if (isDoubtful) {
            underLock(first);
            repository.reset();
            isDoubtful = false;
        }
    }

    /** Takes keys out of the cache that are not, or no longer, in the file. */
    void forget(Collection<String> keys) {
        keys.forEach(this::remove);
    }

    /** Whether a key of a token is in the file. */
    boolean holds(String key) {
        return ours.contains(key);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return OWN_KEY.equals(key) ? ran() : ours.contains(String.valueOf(key)) || cache.containsKey(key);
    }

    private boolean ran() {
        Work toDo = work;
        try {
            if (toDo != null) {
                toDo.run();
            }
        } catch (IOException e) {
            failure = e;
        }
        return true;
    }

    @Override
    public @Nullable Object put(String key, Object value) {
        return LedgerKeys.isOurs(key) ? put(key) : cache.put(key, value);
    }

    private @Nullable Object put(String key) {
        return ours.add(key) ? null : key;
    }

    @Override
    public @Nullable Object remove(@Nullable Object key) {
        return ours.remove(String.valueOf(key)) ? key : cache.remove(key);
    }

    /** The repository empties its cache when it reads the file, and also when it is stopped, which takes nothing out of the file. */
    @Override
    public void clear() {
        isDoubtful = true;
        ours.clear();
        cache.clear();
    }

    @Override
    public int size() {
        return cache.size();
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return cache.entrySet();
    }
}
