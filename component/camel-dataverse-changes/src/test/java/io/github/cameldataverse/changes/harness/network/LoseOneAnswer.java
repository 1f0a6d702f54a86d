package io.github.cameldataverse.changes.harness.network;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** Passes answers on; when it is shut, the next one is lost, together with its connection. Then it is open again. */
public final class LoseOneAnswer implements ConnectionBehaviour {

    private final AtomicBoolean shut = new AtomicBoolean();

    public void shut() {
        shut.set(true);
    }

    @Override
    public void carry(InputStream answers, ClientConnection client) throws IOException {
        byte[] bytes = new byte[8192];
        int read;
        while ((read = answers.read(bytes)) >= 0) {
            if (shut.getAndSet(false)) {
                client.reset();
                return;
            }
            client.write(bytes, 0, read);
        }
    }
}
