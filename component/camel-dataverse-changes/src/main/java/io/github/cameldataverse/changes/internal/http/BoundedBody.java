package io.github.cameldataverse.changes.internal.http;

import io.github.cameldataverse.changes.internal.http.answer.Body;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads a body into memory up to a limit. The limit counts what comes out of the decompression. */
final class BoundedBody {

    private static final int FIRST_SIZE = 64 * 1024;

    private final int limit;

    BoundedBody(int limit) {
        this.limit = limit;
    }

    /** @throws BodyTooLargeException if there is more than the limit; what was read is dropped */
    Body read(InputStream in) throws IOException {
        byte[] bytes = new byte[Math.min(FIRST_SIZE, limit + 1)];
        int length = 0;
        int read;
        while ((read = in.read(bytes, length, bytes.length - length)) >= 0) {
            length += read;
            if (length > limit) {
                throw new BodyTooLargeException(limit);
            }
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(2L * length, limit + 1L));
            }
        }
        return new Body(bytes, length);
    }

    /** The answer is larger than the option {@code maxPageBytes} allows. */
    static final class BodyTooLargeException extends IOException {

        private static final long serialVersionUID = 1L;

        BodyTooLargeException(int limit) {
            super("The answer is larger than " + limit
                    + " bytes; ask for smaller pages with maxPageSize, or allow larger ones with maxPageBytes");
        }
    }
}
