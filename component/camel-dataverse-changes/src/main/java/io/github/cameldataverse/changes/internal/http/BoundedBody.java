package io.github.cameldataverse.changes.internal.http;

import io.github.cameldataverse.changes.internal.http.answer.Body;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads bodies into memory up to a limit. The limit counts what comes out of the decompression. Thread-safe.
 *
 * <p>Pages of a table are about equally long, so there is room at once for as much as came last. What an answer says of its
 * length makes it less, but never more: the memory is taken before a byte has come.
 */
final class BoundedBody {

    private static final int FIRST_SIZE = 64 * 1024;

    private final int limit;
    private volatile int expected = FIRST_SIZE;

    BoundedBody(int limit) {
        this.limit = limit;
    }

    /**
     * Reads to the end.
     *
     * @param told length of the body by its head, compressed or not; negative if that says none
     * @throws BodyTooLargeException if there is more than the limit; what was read is dropped
     */
    Body read(InputStream in, long told) throws IOException {
        byte[] bytes = new byte[room(told)];
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
        expected = Math.max(FIRST_SIZE, length);
        return new Body(bytes, length);
    }

    /** One byte more than expected, in which the end is seen; and some for a page that is a little longer. */
    private int room(long told) {
        long wanted = told < 0 ? expected + expected / 8L : Math.min(expected, told);
        return (int) Math.min(wanted, limit) + 1;
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
