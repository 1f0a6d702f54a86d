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

    @Override
    public String toString() {
        return length + " bytes";
    }
}
