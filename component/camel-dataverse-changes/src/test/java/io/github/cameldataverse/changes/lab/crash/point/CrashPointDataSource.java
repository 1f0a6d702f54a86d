package io.github.cameldataverse.changes.lab.crash.point;

import io.github.cameldataverse.changes.harness.InterceptingProxy;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Set;
import javax.sql.DataSource;

/** A real database with a point before and behind each statement and each commit. */
public final class CrashPointDataSource {

    private static final Set<String> STEPS = Set.of("execute", "executeQuery", "executeUpdate", "commit");

    private final CrashPoints points;
    private final String name;

    private CrashPointDataSource(CrashPoints points, String name) {
        this.points = points;
        this.name = name;
    }

    public static DataSource of(DataSource real, String name, CrashPoints points) {
        return InterceptingProxy.to(DataSource.class, real, new CrashPointDataSource(points, name)::call);
    }

    private Object call(Method method, InterceptingProxy.Made made) throws Throwable {
        if (!STEPS.contains(method.getName())) {
            return wrapped(made.call());
        }
        points.reached("before " + name + "." + method.getName());
        Object result = wrapped(made.call());
        points.reached("after " + name + "." + method.getName());
        return result;
    }

    private Object wrapped(Object result) {
        if (result instanceof Connection) {
            return InterceptingProxy.to(Connection.class, result, this::call);
        }
        return result instanceof PreparedStatement
                ? InterceptingProxy.to(PreparedStatement.class, result, this::call)
                : result;
    }
}
