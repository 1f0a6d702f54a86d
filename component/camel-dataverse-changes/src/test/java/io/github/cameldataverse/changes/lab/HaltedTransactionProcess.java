package io.github.cameldataverse.changes.lab;

import io.github.cameldataverse.changes.harness.InterceptingProxy;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A reader in a process of its own, which dies when it has asked so many things of its database. */
public final class HaltedTransactionProcess {

    static final int HALTED = 42;

    private final int last;
    private final AtomicInteger steps = new AtomicInteger();

    private HaltedTransactionProcess(int last) {
        this.last = last;
    }

    /** Arguments: address of the organization, JDBC address of the database, subscription, number of the last step. */
    public static void main(String[] args) throws Exception {
        HaltedTransactionProcess halted = new HaltedTransactionProcess(Integer.parseInt(args[3]));
        new TransactedRoute(args[0], args[2], halted.on(dataSource(args[1]))).readToTheEnd();
        Runtime.getRuntime().halt(0);
    }

    static DataSource dataSource(String url) {
        if (url.startsWith("jdbc:h2:")) {
            JdbcDataSource h2 = new JdbcDataSource();
            h2.setURL(url);
            return h2;
        }
        PGSimpleDataSource postgres = new PGSimpleDataSource();
        postgres.setUrl(url);
        return postgres;
    }

    private DataSource on(DataSource real) {
        return InterceptingProxy.to(DataSource.class, real, this::step);
    }

    /** Death before a step is death after the one before it: the database is the same. */
    private Object step(Method method, InterceptingProxy.Made made) throws Throwable {
        boolean counts = method.getName().equals("commit") || method.getName().startsWith("execute");
        if (counts && steps.incrementAndGet() == last) {
            Runtime.getRuntime().halt(HALTED);
        }
        Object result = made.call();
        if (result instanceof Connection) {
            return InterceptingProxy.to(Connection.class, result, this::step);
        }
        // Statements that are not prepared are those of the start, which looks for its tables.
        return result instanceof PreparedStatement
                ? InterceptingProxy.to(PreparedStatement.class, result, this::step)
                : result;
    }
}
