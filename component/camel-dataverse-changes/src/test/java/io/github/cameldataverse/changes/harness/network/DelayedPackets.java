package io.github.cameldataverse.changes.harness.network;

import java.io.IOException;
import java.io.InputStream;

/**
 * Cuts what comes into packets, and lets some milliseconds go by before each new run of bytes: a line of great latency.
 *
 * @param bytes size of a packet
 * @param latency milliseconds
 */
public record DelayedPackets(int bytes, long latency) implements ConnectionBehaviour {

    @Override
    public void carry(InputStream answers, ClientConnection client) throws IOException, InterruptedException {
        byte[] run = new byte[65_536];
        int read;
        while ((read = answers.read(run)) >= 0) {
            client.waits(latency);
            for (int from = 0; from < read; from += bytes) {
                client.write(run, from, Math.min(bytes, read - from));
            }
        }
    }
}
