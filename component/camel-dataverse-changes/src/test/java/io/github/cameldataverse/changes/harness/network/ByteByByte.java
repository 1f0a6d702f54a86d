package io.github.cameldataverse.changes.harness.network;

import java.io.IOException;
import java.io.InputStream;

/** Lets one byte through at a time, and some milliseconds go by between two. */
public record ByteByByte(long millis) implements ConnectionBehaviour {

    @Override
    public void carry(InputStream answers, ClientConnection client) throws IOException, InterruptedException {
        int next;
        while ((next = answers.read()) >= 0) {
            client.write(new byte[] {(byte) next}, 0, 1);
            client.waits(millis);
        }
    }
}
