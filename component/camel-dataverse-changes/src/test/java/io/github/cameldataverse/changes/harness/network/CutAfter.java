package io.github.cameldataverse.changes.harness.network;

import java.io.IOException;
import java.io.InputStream;

/** Ends the connection in good order after so many bytes, whatever was promised. */
public record CutAfter(int bytes) implements ConnectionBehaviour {

    @Override
    public void carry(InputStream answers, ClientConnection client) throws IOException {
        byte[] part = answers.readNBytes(bytes);
        client.write(part, 0, part.length);
    }
}
