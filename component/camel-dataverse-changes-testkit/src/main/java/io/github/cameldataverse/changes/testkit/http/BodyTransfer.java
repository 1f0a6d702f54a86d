package io.github.cameldataverse.changes.testkit.http;

import java.io.IOException;
import java.io.OutputStream;

/** How a body is sent: whole, or only in part or slowly, as a fault does it. */
public interface BodyTransfer {
    /** All of it. */
    BodyTransfer WHOLE = new BodyTransfer() {
        @Override
        public void send(ResponseBody body, OutputStream out) throws IOException {
            body.writeTo(out);
        }

        @Override
        public boolean isWhole(ResponseBody body) {
            return true;
        }
    };

    /** Writes the part of the body that is to be sent; an exception breaks the connection. */
    void send(ResponseBody body, OutputStream out) throws IOException;

    /**
     * Whether this body arrives as {@link #WHOLE} would send it: a fault that cuts behind its end changes nothing.
     *
     * @param body as it is sent, compressed if it is
     */
    default boolean isWhole(ResponseBody body) {
        return false;
    }

    /** Whether the headers have a {@code Content-Length}; if not, the end of the connection is the end of the body. */
    default boolean declaresLength() {
        return true;
    }
}
