package io.github.cameldataverse.changes.contracts.implementations;

import io.github.cameldataverse.changes.harness.InterceptingProxy;
import java.io.PrintWriter;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** What a transaction-aware data source does: inside a transaction everybody gets its connection, and cannot close it. */
final class TransactionBoundDataSource implements DataSource {

    private final DataSource outside;
    private final Connection inside;
    private boolean begun;

    TransactionBoundDataSource(DataSource outside, Connection inside) {
        this.outside = outside;
        this.inside = inside;
    }

    static void begin(DataSource dataSource) {
        ((TransactionBoundDataSource) dataSource).begun = true;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return begun
                ? InterceptingProxy.to(Connection.class, inside, TransactionBoundDataSource::unlessClose)
                : outside.getConnection();
    }

    private static Object unlessClose(Method method, InterceptingProxy.Made made) throws Throwable {
        return method.getName().equals("close") ? null : made.call();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return outside.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        outside.setLogWriter(out);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return outside.getLoginTimeout();
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        outside.setLoginTimeout(seconds);
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return outside.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return outside.isWrapperFor(type);
    }
}
