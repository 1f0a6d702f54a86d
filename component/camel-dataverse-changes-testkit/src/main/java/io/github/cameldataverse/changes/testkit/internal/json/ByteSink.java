package io.github.cameldataverse.changes.testkit.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes being put together, in chunks: a page of 5,000 rows is several megabytes, and growing one array would copy it
 * again and again. Not thread-safe.
 */
public final class ByteSink {
    private static final int CHUNK = 64 * 1024;

    private final List<byte[]> full = new ArrayList<>();
    private byte[] chunk = new byte[CHUNK];
    private int used;

    /** Adds the bytes. */
    public ByteSink put(byte[] bytes) {
        return put(bytes, 0, bytes.length);
    }

    /** Adds the text as UTF-8. */
    public ByteSink put(String text) {
        return put(text.getBytes(UTF_8));
    }

    /** Adds a part of the bytes. */
    public ByteSink put(byte[] bytes, int from, int count) {
        int taken = from;
        int left = count;
        while (left > 0) {
            int room = room(left);
            System.arraycopy(bytes, taken, chunk, used, room);
            used += room;
            taken += room;
            left -= room;
        }
        return this;
    }

    /** How many bytes are in it. */
    public long length() {
        return (long) full.size() * CHUNK + used;
    }

    /** Writes them all, leaving them in place. */
    public void writeTo(OutputStream out) throws IOException {
        for (byte[] bytes : full) {
            out.write(bytes);
        }
        out.write(chunk, 0, used);
    }

    private int room(int wanted) {
        if (used == CHUNK) {
            full.add(chunk);
            chunk = new byte[CHUNK];
            used = 0;
        }
        return Math.min(wanted, CHUNK - used);
    }
}
