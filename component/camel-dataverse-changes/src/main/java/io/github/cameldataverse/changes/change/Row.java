package io.github.cameldataverse.changes.change;

import java.nio.charset.StandardCharsets;

/**
 * The JSON object of one change, byte for byte as the service sent it. A view into the bytes of its page: nothing is
 * copied until {@link #text()} is called. Immutable as long as the bytes of the page are.
 */
public final class Row {

    private final byte[] page;
    private final int start;
    private final int length;

    /**
     * @param page the bytes of the whole page
     * @param start offset of the opening brace
     * @param length bytes up to and with the closing brace
     */
    public Row(byte[] page, int start, int length) {
        this.page = page;
        this.start = start;
        this.length = length;
    }

    /** A row of its own bytes, in UTF-8. */
    public static Row of(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return new Row(bytes, 0, bytes.length);
    }

    /** The JSON text. */
    public String text() {
        return new String(page, start, length, StandardCharsets.UTF_8);
    }

    /** Length of the JSON text in bytes. */
    public int length() {
        return length;
    }

    @Override
    public String toString() {
        // A row may hold what must not stand in a log.
        return "row of " + length + " bytes";
    }
}
