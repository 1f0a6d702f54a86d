package io.github.cameldataverse.changes.lab;

import java.io.IOException;
import java.io.InputStream;

/** Falls silent after so many bytes, and keeps the connection. */
public record Stall(int afterBytes) implements Line {

    @Override
    public void carry(InputStream answers, ClientEnd client) throws IOException, InterruptedException {
        byte[] part = answers.readNBytes(afterBytes);
        client.write(part, 0, part.length);
        client.waits(Long.MAX_VALUE);
    }
}
