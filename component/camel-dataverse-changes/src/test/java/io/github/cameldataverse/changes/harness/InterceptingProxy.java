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

    /** What to do before a call, with the name of its method; may change its arguments, and throw in its place. */
    public interface Before {
        void call(String method, Object[] arguments) throws Throwable;
    }

    private InterceptingProxy() {}

    /** The same object with something before each of its calls. */
    public static <T> T before(Class<T> type, T real, Before before) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    Object[] arguments = given == null ? new Object[0] : given;
                    before.call(method.getName(), arguments);
                    return invoke(method, real, arguments);
                }));
    }

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
