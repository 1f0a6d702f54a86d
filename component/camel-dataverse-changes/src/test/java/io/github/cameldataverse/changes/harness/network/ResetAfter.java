package io.github.cameldataverse.changes.harness.network;

import java.io.IOException;
import java.io.InputStream;

/** Resets the connection after so many bytes of the answer; 0 is before its first header. */
public record ResetAfter(int afterBytes) implements ConnectionBehaviour {

    @Override
    public void carry(InputStream answers, ClientConnection client) throws IOException {
        byte[] part = answers.readNBytes(afterBytes);
        client.write(part, 0, part.length);
        if (answers.read() >= 0) {
            client.reset();
        }
    }
}
