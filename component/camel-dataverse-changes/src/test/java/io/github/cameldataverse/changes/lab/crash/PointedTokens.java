package io.github.cameldataverse.changes.lab.crash;

import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

/** A real token repository with a point before and behind each step that a reader takes. */
final class PointedTokens {

    private static final Set<String> STEPS = Set.of("load", "delivered", "advance");

    private PointedTokens() {}

    static DeltaTokenRepository of(DeltaTokenRepository real, Points points) {
        return (DeltaTokenRepository) Proxy.newProxyInstance(
                PointedTokens.class.getClassLoader(),
                new Class<?>[] {DeltaTokenRepository.class},
                (proxy, method, arguments) -> call(real, points, method, arguments));
    }

    private static Object call(DeltaTokenRepository real, Points points, Method method, Object[] arguments)
            throws Throwable {
        boolean step = STEPS.contains(method.getName());
        if (step) {
            points.reached("before token." + method.getName());
        }
        try {
            Object result = method.invoke(real, arguments);
            if (step) {
                points.reached("after token." + method.getName());
            }
            return result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
