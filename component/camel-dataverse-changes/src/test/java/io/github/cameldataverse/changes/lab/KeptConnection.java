package io.github.cameldataverse.changes.lab;

import io.github.cameldataverse.changes.token.Delegating;
import java.sql.Connection;

/** A connection that stays open when it is closed: the smallest pool there is. */
final class KeptConnection {

    private KeptConnection() {}

    static Connection of(Connection connection) {
        return Delegating.to(
                Connection.class, connection, (method, made) -> method.getName().equals("close") ? null : made.call());
    }
}
