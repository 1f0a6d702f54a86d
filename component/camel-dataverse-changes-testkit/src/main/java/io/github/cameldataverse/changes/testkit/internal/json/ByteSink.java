package io.github.cameldataverse.changes.testkit.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cameldataverse.changes.testkit.http.ResponseBody;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A response body that is written in chunks: a page of 5,000 rows is several megabytes, and growing one array would copy
 * it again and again. Not thread-safe; must not be written to any more once it is part of a response.
 */
public final class ByteSink implements ResponseBody {
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
            int free = freeInChunk(left);
            System.arraycopy(bytes, taken, chunk, used, free);
            used += free;
            taken += free;
            left -= free;
        }
        return this;
    }

    @Override
    public long length() {
        return (long) full.size() * CHUNK + used;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        for (byte[] bytes : full) {
            out.write(bytes);
        }
        out.write(chunk, 0, used);
    }

    private int freeInChunk(int wanted) {
        if (used == CHUNK) {
            full.add(chunk);
            chunk = new byte[CHUNK];
            used = 0;
        }
        return Math.min(wanted, CHUNK - used);
    }
}
