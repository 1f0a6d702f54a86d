package io.github.cameldataverse.changes.internal.http;

import io.github.cameldataverse.changes.internal.http.answer.Body;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads bodies into memory up to a limit. The limit counts what comes out of the decompression. Thread-safe.
 *
 * <p>Pages of a table are about equally long: once one turns out to be large, there is room at once for as much as came last. What
 * an answer says of its length counts for nothing, and one that is small takes little.
 */
final class BoundedBody {

    private static final int FIRST_SIZE = 64 * 1024;

    private final int limit;
    private volatile long expected;

    BoundedBody(int limit) {
        this.limit = limit;
    }

    /**
     * Reads to the end.
     *
     * @throws BodyTooLargeException if there is more than the limit; what was read is dropped
     */
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
                bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(2L * length, expected), limit + 1L));
            }
        }
        if (length >= FIRST_SIZE) {
            expected = length + length / 8L; // some for one that is a little longer
        }
        return new Body(bytes.length > 2L * length + FIRST_SIZE ? Arrays.copyOf(bytes, length) : bytes, length);
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
