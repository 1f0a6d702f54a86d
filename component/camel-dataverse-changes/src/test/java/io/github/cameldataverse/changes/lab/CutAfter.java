package io.github.cameldataverse.changes.lab;

import java.io.IOException;
import java.io.InputStream;

/** Ends the connection in good order after so many bytes, whatever was promised. */
public record CutAfter(int bytes) implements Line {

    @Override
    public void carry(InputStream answers, ClientEnd client) throws IOException {
        byte[] part = answers.readNBytes(bytes);
        client.write(part, 0, part.length);
    }
}
