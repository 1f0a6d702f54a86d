package io.github.cameldataverse.changes.internal.http.answer;

import java.util.regex.Pattern;

/** Texts of the service, made fit for a log line: no control characters, no more than a few lines. */
public final class ServiceText {

    private static final int LIMIT = 300;
    // C0 and C1 controls, and what reorders or hides the text beside it.
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]+");

    private ServiceText() {}

    /** The text with control characters replaced and cut at 300 characters. */
    public static String clean(String text) {
        String line = CONTROL.matcher(text).replaceAll(" ").strip();
        return line.length() <= LIMIT ? line : line.substring(0, cut(line)) + "…";
    }

    private static int cut(String line) {
        return Character.isHighSurrogate(line.charAt(LIMIT - 1)) ? LIMIT - 1 : LIMIT;
    }
}
