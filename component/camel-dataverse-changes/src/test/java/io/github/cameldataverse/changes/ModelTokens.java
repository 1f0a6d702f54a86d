package io.github.cameldataverse.changes;

import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.TokenStoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

/** The token repository as one process sees it, which may die before or behind any step, and takes none from then on. */
final class ModelTokens {

    private static final Set<String> STEPS = Set.of("load", "delivered", "advance");

    private final DeltaTokenRepository real;
    private int stepsToLive = Integer.MAX_VALUE;
    private boolean dead;

    ModelTokens(DeltaTokenRepository real) {
        this.real = real;
    }

    void dieAfter(int steps) {
        stepsToLive = steps;
    }

    boolean isDead() {
        return dead;
    }

    DeltaTokenRepository asRepository() {
        return (DeltaTokenRepository) Proxy.newProxyInstance(
                ModelTokens.class.getClassLoader(),
                new Class<?>[] {DeltaTokenRepository.class},
                (proxy, method, arguments) -> call(method, arguments));
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        boolean step = STEPS.contains(method.getName());
        if (step) {
            pass();
        }
        try {
            Object result = method.invoke(real, arguments);
            if (step) {
                pass();
            }
            return result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** What the dying process still does must have no effect: the caller gets no answer. */
    void pass() {
        dead |= stepsToLive-- <= 0;
        if (dead) {
            throw new TokenStoreException("the process died here", new IllegalStateException());
        }
    }
}
