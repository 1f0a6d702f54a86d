package io.github.cameldataverse.changes.lab;

import io.github.cameldataverse.changes.harness.InterceptingProxy;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.KnownIds;
import io.github.cameldataverse.changes.token.TokenStoreException;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real repository that is cut off at a step, as if the process had died there: nothing is stored any more. There is
 * a step before each call that reads a token or known ids, and one before and one after each that writes.
 */
final class CrashingRepository {

    private static final Set<String> READS = Set.of("load", "isKept", "olderThan", "tally");
    private static final Set<String> WRITES =
            Set.of("delivered", "advance", "takeOver", "replace", "begin", "expect", "expectAnew", "forget");

    private final AtomicInteger steps = new AtomicInteger();
    private final int last;

    CrashingRepository(int last) {
        this.last = last;
    }

    boolean isDead() {
        return steps.get() > last;
    }

    DeltaTokenRepository around(DeltaTokenRepository real) {
        return InterceptingProxy.to(DeltaTokenRepository.class, real, (method, made) -> {
            Object result = call(method, made);
            return method.getName().equals("knownIds")
                    ? ((Optional<?>) result).map(ids -> InterceptingProxy.to(KnownIds.class, ids, this::call))
                    : result;
        });
    }

    private Object call(Method method, InterceptingProxy.Made made) throws Throwable {
        boolean writes = WRITES.contains(method.getName());
        step(writes || READS.contains(method.getName()));
        Object result = made.call();
        step(writes);
        return result;
    }

    private void step(boolean counts) {
        if (counts && steps.incrementAndGet() > last) {
            throw new TokenStoreException("The process is dead");
        }
    }
}
