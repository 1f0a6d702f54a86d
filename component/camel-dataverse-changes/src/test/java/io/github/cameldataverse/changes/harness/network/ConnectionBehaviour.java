package io.github.cameldataverse.changes.harness.network;

import java.io.IOException;
import java.io.InputStream;

/** What becomes of the bytes that a server sends back on one connection. */
@FunctionalInterface
public interface ConnectionBehaviour {

    /** Passes everything on as it comes. */
    ConnectionBehaviour CLEAN = (answers, client) -> {
        byte[] bytes = new byte[8192];
        int read;
        while ((read = answers.read(bytes)) >= 0) {
            client.write(bytes, 0, read);
        }
    };

    /** Carries bytes until it has had enough; what is still open then is closed in good order. */
    void carry(InputStream answers, ClientConnection client) throws IOException, InterruptedException;
}
