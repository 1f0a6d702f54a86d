package io.github.cameldataverse.changes.lab.model;

import io.github.cameldataverse.changes.harness.InterceptingProxy;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.KnownIds;
import io.github.cameldataverse.changes.token.TokenConflictException;
import io.github.cameldataverse.changes.token.TokenStoreException;
import java.lang.reflect.Method;
import java.util.Optional;

/** The token repository as one process sees it, which may die before or behind any step, and takes none from then on. */
final class ModelTokenRepository {

    private final DeltaTokenRepository real;
    private int stepsToLive = Integer.MAX_VALUE;
    private boolean dead;
    private boolean behind;

    ModelTokenRepository(DeltaTokenRepository real) {
        this.real = real;
    }

    void dieAfter(int steps) {
        stepsToLive = steps;
    }

    boolean isDead() {
        return dead;
    }

    DeltaTokenRepository asRepository() {
        return InterceptingProxy.to(DeltaTokenRepository.class, real, this::call);
    }

    private Object call(Method method, InterceptingProxy.Made made) throws Throwable {
        String name = method.getName();
        if (name.equals("knownIds")) {
            return ((Optional<?>) made.call()).map(ids -> InterceptingProxy.to(KnownIds.class, ids, this::call));
        }
        if (!ModelStore.READS.contains(name) && !ModelStore.WRITES.contains(name)) {
            return made.call();
        }
        pass();
        Object result = ModelStore.WRITES.contains(name) ? written(made) : made.call();
        pass();
        return result;
    }

    private Object written(InterceptingProxy.Made made) throws Throwable {
        behind = true;
        try {
            Object result = made.call();
            behind = false;
            return result;
        } catch (TokenConflictException e) {
            behind = false; // the reader was told, and keeps nothing
            throw e;
        }
    }

    /** Whether the last write failed, so that another process cannot know of it. */
    boolean isBehind() {
        return behind;
    }

    /** What the dying process still does must have no effect: the caller gets no answer. */
    void pass() {
        dead |= stepsToLive-- <= 0;
        if (dead) {
            throw new TokenStoreException("the process died here", new IllegalStateException());
        }
    }
}
