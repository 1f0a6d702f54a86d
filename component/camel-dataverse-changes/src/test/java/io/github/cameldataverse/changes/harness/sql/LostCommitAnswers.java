package io.github.cameldataverse.changes.harness.sql;

import io.github.cameldataverse.changes.harness.InterceptingProxy;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLRecoverableException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.camel.Exchange;

/** A real database that commits when it is told to, and whose answer to that is lost now and then. */
public final class LostCommitAnswers {

    private final DataSource real;
    private final Set<String> struck = new HashSet<>();
    private final ThreadLocal<Boolean> loses = ThreadLocal.withInitial(() -> false);
    private final AtomicInteger lost = new AtomicInteger();

    public LostCommitAnswers(DataSource real) {
        this.real = real;
    }

    public DataSource dataSource() {
        return InterceptingProxy.to(DataSource.class, real, this::call);
    }

    /** Loses the answer to the next commit of this thread. */
    public void lose() {
        loses.set(true);
    }

    /** The same, the first time that the exchange with this line comes along. */
    public void loseAt(String line, Exchange exchange) {
        if (line.equals(TransactedLog.line(exchange))) {
            loseOnce(exchange);
        }
    }

    /** The same, the first time that an exchange comes along. */
    public void loseOnce(Exchange exchange) {
        if (struck.add(TransactedLog.line(exchange))) {
            lose();
        }
    }

    /** How many answers were lost. */
    public int lost() {
        return lost.get();
    }

    private Object call(Method method, InterceptingProxy.Made made) throws Throwable {
        Object result = made.call();
        if (method.getName().equals("commit") && loses.get()) {
            loses.set(false);
            lost.incrementAndGet();
            throw new SQLRecoverableException("The connection broke; what became of the commit is not known", "08007");
        }
        return result instanceof Connection ? InterceptingProxy.to(Connection.class, result, this::call) : result;
    }
}
