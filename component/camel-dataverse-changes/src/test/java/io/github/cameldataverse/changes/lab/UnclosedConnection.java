package io.github.cameldataverse.changes.lab;

import io.github.cameldataverse.changes.harness.InterceptingProxy;
import java.sql.Connection;

/** A connection that stays open when it is closed: the smallest pool there is. */
final class UnclosedConnection {

    private UnclosedConnection() {}

    static Connection of(Connection connection) {
        return InterceptingProxy.to(
                Connection.class, connection, (method, made) -> method.getName().equals("close") ? null : made.call());
    }
}
