package io.github.cameldataverse.changes.harness.network;

import java.io.IOException;
import java.io.InputStream;

/** Falls silent after so many bytes, and keeps the connection. */
public record SilentAfter(int afterBytes) implements ConnectionBehaviour {

    @Override
    public void carry(InputStream answers, ClientConnection client) throws IOException, InterruptedException {
        byte[] part = answers.readNBytes(afterBytes);
        client.write(part, 0, part.length);
        client.waits(Long.MAX_VALUE);
    }
}
