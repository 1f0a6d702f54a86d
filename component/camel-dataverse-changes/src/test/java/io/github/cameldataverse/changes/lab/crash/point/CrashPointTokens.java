package io.github.cameldataverse.changes.lab.crash.point;

import io.github.cameldataverse.changes.harness.InterceptingProxy;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import java.lang.reflect.Method;
import java.util.Set;

/** A real token repository with a point before and behind each step that a reader takes. */
public final class CrashPointTokens {

    private static final Set<String> STEPS = Set.of("load", "delivered", "advance", "takeOver");

    private CrashPointTokens() {}

    public static DeltaTokenRepository of(DeltaTokenRepository real, CrashPoints points) {
        return InterceptingProxy.to(DeltaTokenRepository.class, real, (method, made) -> call(points, method, made));
    }

    private static Object call(CrashPoints points, Method method, InterceptingProxy.Made made) throws Throwable {
        if (!STEPS.contains(method.getName())) {
            return made.call();
        }
        points.reached("before token." + method.getName());
        Object result = made.call();
        points.reached("after token." + method.getName());
        return result;
    }
}
