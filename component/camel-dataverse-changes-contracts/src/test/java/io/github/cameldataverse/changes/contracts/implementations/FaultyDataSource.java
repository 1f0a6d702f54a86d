package io.github.cameldataverse.changes.contracts.implementations;

import io.github.cameldataverse.changes.harness.InterceptingProxy;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;

/** A database whose line is cut at the n-th thing that is asked of it. */
final class FaultyDataSource {

    /** Whether the database still did what it was asked: the answer to a commit may get lost. */
    enum When {
        BEFORE_ONCE,
        AFTER_ONCE,
        BEFORE_EVER
    }

    private static final Set<String> STEPS = Set.of(
            "getConnection",
            "prepareStatement",
            "executeQuery",
            "executeUpdate",
            "executeBatch",
            "commit",
            "rollback",
            "setAutoCommit",
            "getAutoCommit");

    private final DataSource real;
    private int step;
    private int failing = Integer.MAX_VALUE;
    private When when = When.BEFORE_ONCE;

    FaultyDataSource(DataSource real) {
        this.real = real;
    }

    void failAt(int step, When when) {
        this.step = 0;
        this.failing = step;
        this.when = when;
    }

    void heal() {
        failing = Integer.MAX_VALUE;
    }

    DataSource dataSource() {
        return InterceptingProxy.to(DataSource.class, real, this::step);
    }

    private Object step(Method method, InterceptingProxy.Made made) throws Throwable {
        if (!STEPS.contains(method.getName())) {
            return made.call();
        }
        step++;
        if ((step == failing && when != When.AFTER_ONCE) || (step > failing && when == When.BEFORE_EVER)) {
            throw cut();
        }
        Object result = wrapped(made.call());
        if (step == failing) {
            closeIfOpened(result);
            throw cut();
        }
        return result;
    }

    /** The caller never got it, and cannot close it. */
    private static void closeIfOpened(Object result) throws SQLException {
        if (result instanceof Connection connection) {
            connection.close();
        }
    }

    private Object wrapped(Object result) {
        if (result instanceof Connection) {
            return InterceptingProxy.to(Connection.class, result, this::step);
        }
        if (result instanceof PreparedStatement) {
            return InterceptingProxy.to(PreparedStatement.class, result, this::step);
        }
        return result;
    }

    private static SQLException cut() {
        return new SQLException("the line was cut", "08006");
    }
}
