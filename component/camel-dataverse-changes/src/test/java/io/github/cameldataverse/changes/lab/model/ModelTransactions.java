package io.github.cameldataverse.changes.lab.model;

import io.github.cameldataverse.changes.harness.InterceptingProxy;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLRecoverableException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/** Transactions of Spring on a real database: an effect takes place when the database commits, whatever is said of it. */
final class ModelTransactions {

    private final DataSource database;
    private final TransactionTemplate template;
    private final ThreadLocal<List<Runnable>> pending = ThreadLocal.withInitial(ArrayList::new);
    private boolean mute;

    ModelTransactions(DataSource real) {
        database = InterceptingProxy.to(DataSource.class, real, this::call);
        template = new TransactionTemplate(new DataSourceTransactionManager(database));
    }

    DataSource joining() {
        return new TransactionAwareDataSourceProxy(database);
    }

    void run(Runnable work) {
        pending.get().clear();
        template.executeWithoutResult(status -> work.run());
    }

    /** Takes place with the transaction of this thread. */
    void effect(Runnable effect) {
        pending.get().add(effect);
    }

    /** The answer to the next commit of a transaction with an effect is lost. */
    void loseTheNextAnswer() {
        mute = true;
    }

    private Object call(Method method, InterceptingProxy.Made made) throws Throwable {
        Object result = made.call();
        if (method.getName().equals("commit")) {
            committed();
        } else if (method.getName().equals("rollback")) {
            pending.get().clear();
        }
        return result instanceof Connection ? InterceptingProxy.to(Connection.class, result, this::call) : result;
    }

    private void committed() throws SQLRecoverableException {
        List<Runnable> effects = List.copyOf(pending.get());
        pending.get().clear();
        effects.forEach(Runnable::run);
        if (mute && !effects.isEmpty()) {
            mute = false;
            throw new SQLRecoverableException("The connection broke; what became of the commit is not known", "08007");
        }
    }
}
