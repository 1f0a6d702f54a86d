package io.github.cameldataverse.changes.harness;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** Real objects, seen by their interfaces, with something between them and their user. */
public final class InterceptingProxy {

    /** What to do instead of a call; may make the call. */
    public interface Call {
        Object of(Method method, Made made) throws Throwable;
    }

    /** The real call. */
    public interface Made {
        Object call() throws Throwable;
    }

    private InterceptingProxy() {}

    public static <T> T to(Class<T> type, Object real, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.of(method, () -> invoke(method, real, arguments))));
    }

    private static Object invoke(Method method, Object real, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
