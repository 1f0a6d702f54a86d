package io.github.cameldataverse.changes.change;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The JSON object of one change, byte for byte as the service sent it. A view into the bytes of its page: nothing is copied
 * until {@link #text()} is called, or {@link #stream()} is read. Equal to a row of the same bytes. Immutable as long as the
 * bytes of the page are.
 */
public final class Row {

    private final byte[] page;
    private final int start;
    private final int length;
    private final Charset charset;

    /**
     * @param page the bytes of the whole page
     * @param start offset of the opening brace
     * @param length bytes up to and with the closing brace
     */
    public Row(byte[] page, int start, int length) {
        this(page, start, length, StandardCharsets.UTF_8);
    }

    private Row(byte[] page, int start, int length, Charset charset) {
        this.page = page;
        this.start = start;
        this.length = length;
        this.charset = charset;
    }

    /**
     * A row of which it is known that all its characters are ASCII: its text is a copy of its bytes.
     *
     * @param page the bytes of the whole page; those of the row are below 0x80, or its text is another one
     * @param start offset of the opening brace
     * @param length bytes up to and with the closing brace
     */
    public static Row ascii(byte[] page, int start, int length) {
        return new Row(page, start, length, StandardCharsets.ISO_8859_1);
    }

    /** A row of its own bytes, in UTF-8. */
    public static Row of(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return new Row(bytes, 0, bytes.length);
    }

    /** The JSON text. */
    public String text() {
        return new String(page, start, length, charset);
    }

    /** The JSON text in UTF-8, as a stream over the bytes of the page. */
    public InputStream stream() {
        return new ByteArrayInputStream(page, start, length);
    }

    /** Length of the JSON text in bytes. */
    public int length() {
        return length;
    }

    /** Whether the other one is a row of the same bytes. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Row row
                && Arrays.equals(page, start, start + length, row.page, row.start, row.start + row.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int at = start; at < start + length; at++) {
            hash = 31 * hash + page[at];
        }
        return hash;
    }

    @Override
    public String toString() {
        // A row may hold what must not stand in a log.
        return "row of " + length + " bytes";
    }
}
