package io.github.cameldataverse.changes.change;

import io.github.cameldataverse.changes.internal.digest.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * The version of a row: the number in its etag (SQL rowversion, 64 bits, growing over all tables of the organization),
 * or a hash of its content where the service sent no such number.
 *
 * @param text the number in decimal digits, or {@code ~} and a hash
 */
public record Version(String text) {

    private static final int HASH_DIGITS = 24;
    private static final int MOST_DIGITS = 19;

    /** The version that an etag such as {@code W/"915244"} names, or the hash of the row if it names none. */
    public static Version of(@Nullable String etag, Row row) {
        String number = number(etag == null ? "" : etag);
        return number.isEmpty() ? new Version("~" + hash(row)) : new Version(number);
    }

    /** What stands between the quotes of {@code W/"915244"} or {@code "915244"}, if it is a number; otherwise nothing. */
    private static String number(String etag) {
        int start = etag.startsWith("W/") ? 2 : 0;
        int end = etag.length() - 1;
        boolean quoted = end > start && etag.charAt(start) == '"' && etag.charAt(end) == '"';
        String number = quoted ? etag.substring(start + 1, end) : "";
        return isNumber(number) && fitsLong(number) ? number : "";
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.length() <= MOST_DIGITS;
    }

    /** The version as a number; null if it is a hash. */
    public @Nullable Long number() {
        return text.startsWith("~") ? null : Long.valueOf(text);
    }

    private static String hash(Row row) {
        return Sha256.ofUtf8(row.text()).substring(0, HASH_DIGITS);
    }

    private static boolean fitsLong(String digits) {
        return digits.length() < MOST_DIGITS || digits.compareTo(Long.toString(Long.MAX_VALUE)) <= 0;
    }
}
