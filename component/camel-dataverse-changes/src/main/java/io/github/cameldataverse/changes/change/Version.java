package io.github.cameldataverse.changes.change;

import io.github.cameldataverse.changes.internal.digest.Sha256;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The version of a row: the number in its etag (SQL rowversion, 64 bits, growing over all tables of the organization),
 * or a hash of its content where the service sent no such number.
 *
 * @param text the number in decimal digits, or {@code ~} and a hash
 */
public record Version(String text) {

    private static final int HASH_DIGITS = 24;
    private static final Pattern ETAG = Pattern.compile("(?:W/)?\"(\\d{1,19})\"");

    /** The version that an etag such as {@code W/"915244"} names, or the hash of the row if it names none. */
    public static Version of(@Nullable String etag, Row row) {
        Matcher matcher = ETAG.matcher(etag == null ? "" : etag);
        return matcher.matches() && fitsLong(matcher.group(1))
                ? new Version(matcher.group(1))
                : new Version("~" + hash(row));
    }

    /** The version as a number; null if it is a hash. */
    public @Nullable Long number() {
        return text.startsWith("~") ? null : Long.valueOf(text);
    }

    private static String hash(Row row) {
        return Sha256.ofUtf8(row.text()).substring(0, HASH_DIGITS);
    }

    private static boolean fitsLong(String digits) {
        return digits.length() < 19 || digits.compareTo(Long.toString(Long.MAX_VALUE)) <= 0;
    }
}
