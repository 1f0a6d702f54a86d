package io.github.cameldataverse.changes.testkit.http;

import java.io.IOException;
import java.io.OutputStream;

/** How a body is sent: whole, or only in part or slowly, as a fault does it. */
public interface BodyTransfer {
    /** All of it. */
    BodyTransfer WHOLE = (body, out) -> body.writeTo(out);

    /** Writes the part of the body that is to be sent; an exception breaks the connection. */
    void send(ResponseBody body, OutputStream out) throws IOException;

    /** Whether the headers have a {@code Content-Length}. */
    default boolean declaresLength() {
        return true;
    }
}
