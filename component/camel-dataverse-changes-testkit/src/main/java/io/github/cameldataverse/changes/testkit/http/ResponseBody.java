package io.github.cameldataverse.changes.testkit.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** The bytes of a response. Immutable; can be written any number of times. */
public interface ResponseBody {
    /** No bytes. */
    ResponseBody NONE = of(new byte[0]);

    /** How many bytes there are. */
    long length();

    /** Writes all bytes. */
    void writeTo(OutputStream out) throws IOException;

    /** All bytes in one array. */
    default byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream((int) length());
        try {
            writeTo(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    /** All bytes, decoded as UTF-8. */
    default String text() {
        return new String(bytes(), UTF_8);
    }

    /** A text, encoded as UTF-8. */
    static ResponseBody of(String text) {
        return of(text.getBytes(UTF_8));
    }

    /** These bytes. */
    static ResponseBody of(byte[] bytes) {
        return new ResponseBody() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write(bytes);
            }
        };
    }
}
