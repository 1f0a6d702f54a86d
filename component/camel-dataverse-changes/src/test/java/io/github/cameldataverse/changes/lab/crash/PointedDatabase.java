package io.github.cameldataverse.changes.lab.crash;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Set;
import javax.sql.DataSource;

/** A real database with a point before and behind each statement and each commit. */
final class PointedDatabase {

    private static final Set<String> STEPS = Set.of("execute", "executeQuery", "executeUpdate", "commit");

    private final Points points;
    private final String name;

    private PointedDatabase(Points points, String name) {
        this.points = points;
        this.name = name;
    }

    static DataSource of(DataSource real, String name, Points points) {
        return new PointedDatabase(points, name).wrapped(DataSource.class, real);
    }

    private <T> T wrapped(Class<T> type, Object real) {
        return type.cast(Proxy.newProxyInstance(
                PointedDatabase.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call(real, method, arguments)));
    }

    private Object call(Object real, Method method, Object[] arguments) throws Throwable {
        boolean step = STEPS.contains(method.getName());
        if (step) {
            points.reached("before " + name + "." + method.getName());
        }
        try {
            Object result = wrappedResult(method.invoke(real, arguments));
            if (step) {
                points.reached("after " + name + "." + method.getName());
            }
            return result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Object wrappedResult(Object result) {
        if (result instanceof Connection) {
            return wrapped(Connection.class, result);
        }
        return result instanceof PreparedStatement ? wrapped(PreparedStatement.class, result) : result;
    }
}
