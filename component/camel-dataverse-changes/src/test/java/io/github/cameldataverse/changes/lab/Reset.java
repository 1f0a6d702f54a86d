package io.github.cameldataverse.changes.lab;

import java.io.IOException;
import java.io.InputStream;

/** Resets the connection after so many bytes of the answer; 0 is before its first header. */
public record Reset(int afterBytes) implements Line {

    @Override
    public void carry(InputStream answers, ClientEnd client) throws IOException {
        byte[] part = answers.readNBytes(afterBytes);
        client.write(part, 0, part.length);
        if (answers.read() >= 0) {
            client.reset();
        }
    }
}
