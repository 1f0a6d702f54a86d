package io.github.cameldataverse.changes.lab;

import java.io.IOException;
import java.io.InputStream;

/** Passes answers on until it is shut; the next answer, of something that was done, is lost with its connection. */
public final class Gag implements Line {

    private volatile boolean shut;

    public void shut() {
        shut = true;
    }

    @Override
    public void carry(InputStream answers, ClientEnd client) throws IOException {
        byte[] bytes = new byte[8192];
        int read;
        while ((read = answers.read(bytes)) >= 0) {
            if (shut) {
                client.reset();
                return;
            }
            client.write(bytes, 0, read);
        }
    }
}
