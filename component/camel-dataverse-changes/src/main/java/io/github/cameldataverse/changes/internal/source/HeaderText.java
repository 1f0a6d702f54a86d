package io.github.cameldataverse.changes.internal.source;

import io.github.cameldataverse.changes.internal.http.answer.ServiceText;
import org.jspecify.annotations.Nullable;

/** Served texts that become headers of an exchange: a component behind may write a header into a protocol of lines. */
public final class HeaderText {

    private static final int LONGEST_ETAG = 128;
    private static final int LONGEST_REASON = 100;

    private HeaderText() {}

    /** The etag as served; null if it is not 1 to 128 printed ASCII characters, because a changed one would be another's. */
    public static @Nullable String etag(@Nullable String served) {
        return served != null && !served.isEmpty() && served.length() <= LONGEST_ETAG && isPrinted(served)
                ? served
                : null;
    }

    private static boolean isPrinted(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /** The reason without control characters, cut at 100 characters; the other one if nothing is left of it. */
    public static String reason(@Nullable String served, String otherwise) {
        String line = served == null ? "" : ServiceText.line(served, LONGEST_REASON);
        return line.isEmpty() ? otherwise : line;
    }
}
