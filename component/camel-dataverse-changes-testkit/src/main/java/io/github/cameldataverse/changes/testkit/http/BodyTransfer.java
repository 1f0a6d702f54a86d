package io.github.cameldataverse.changes.testkit.http;

import java.io.IOException;
import java.io.OutputStream;

/** How a body leaves: whole, or as a fault has it. */
public interface BodyTransfer {
    /** As it should be. */
    BodyTransfer WHOLE = (body, out) -> body.writeTo(out);

    /** Writes of the body what is to leave, or throws to break the connection. */
    void send(ResponseBody body, OutputStream out) throws IOException;

    /** Whether the headers say how long the body is. */
    default boolean declaresLength() {
        return true;
    }
}
