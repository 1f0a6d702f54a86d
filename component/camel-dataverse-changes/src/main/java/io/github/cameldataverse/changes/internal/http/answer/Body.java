package io.github.cameldataverse.changes.internal.http.answer;

import java.nio.charset.StandardCharsets;

/**
 * The bytes of an answer. The array may be longer than what it holds.
 *
 * @param bytes the bytes, from offset 0
 * @param length how many of them count
 */
public record Body(byte[] bytes, int length) {

    /** The body as text, in UTF-8. */
    public String text() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** The offset behind a byte order mark that stands at an offset; the same offset if none stands there. */
    public int afterByteOrderMark(int from) {
        boolean marked = length >= from + 3
                && bytes[from] == (byte) 0xEF
                && bytes[from + 1] == (byte) 0xBB
                && bytes[from + 2] == (byte) 0xBF;
        return marked ? from + 3 : from;
    }

    /** The text behind a byte order mark, if it begins with one. */
    public String textAfterByteOrderMark() {
        int start = afterByteOrderMark(0);
        return new String(bytes, start, length - start, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return length + " bytes";
    }
}
