package io.github.cameldataverse.changes.internal.http.answer;

import java.util.regex.Pattern;

/**
 * Makes a text fit for a log line: no control characters, no more than a few lines. A text that comes from the service goes
 * through {@link SecretsInUse#clean} instead, which leaves its secrets out first.
 */
public final class ServiceText {

    private static final int LIMIT = 300;
    // C0 and C1 controls, what reorders or hides the text beside it, and halves of characters.
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]+");

    private ServiceText() {}

    /** The text with control characters replaced and cut at 300 characters. */
    public static String clean(String text) {
        return line(text, LIMIT);
    }

    /** The text with control characters replaced and cut at so many characters. */
    public static String line(String text, int limit) {
        String line = CONTROL.matcher(text).replaceAll(" ").strip();
        return line.length() <= limit ? line : line.substring(0, cut(line, limit)) + "…";
    }

    private static int cut(String line, int limit) {
        return Character.isHighSurrogate(line.charAt(limit - 1)) ? limit - 1 : limit;
    }
}
