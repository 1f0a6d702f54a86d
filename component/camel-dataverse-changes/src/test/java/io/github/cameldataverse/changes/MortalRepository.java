package io.github.cameldataverse.changes;

import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.KnownIds;
import io.github.cameldataverse.changes.token.TokenStoreException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real repository that is cut off at a step, as if the process had died there: nothing is stored any more. There is
 * a step before each call that reads a token or known ids, and one before and one after each that writes.
 */
final class MortalRepository {

    private static final Set<String> READS = Set.of("load", "isKept", "olderThan", "tally");
    private static final Set<String> WRITES =
            Set.of("delivered", "advance", "replace", "begin", "expect", "expectAnew", "forget");

    private final AtomicInteger steps = new AtomicInteger();
    private final int last;

    MortalRepository(int last) {
        this.last = last;
    }

    boolean isDead() {
        return steps.get() > last;
    }

    DeltaTokenRepository around(DeltaTokenRepository real) {
        return proxy(DeltaTokenRepository.class, (self, method, arguments) -> {
            Object result = call(real, method, arguments);
            return method.getName().equals("knownIds")
                    ? ((Optional<?>) result).map(ids -> around((KnownIds) ids))
                    : result;
        });
    }

    private KnownIds around(KnownIds real) {
        return proxy(KnownIds.class, (self, method, arguments) -> call(real, method, arguments));
    }

    private Object call(Object real, Method method, Object[] arguments) throws Throwable {
        boolean writes = WRITES.contains(method.getName());
        step(writes || READS.contains(method.getName()));
        Object result = invoked(real, method, arguments);
        step(writes);
        return result;
    }

    private void step(boolean counts) {
        if (counts && steps.incrementAndGet() > last) {
            throw new TokenStoreException("The process is dead");
        }
    }

    private static Object invoked(Object real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
