package io.github.cameldataverse.changes.http;

/** Texts of the service, made fit for a log line: no control characters, no more than a few lines. */
public final class ServiceText {

    private static final int LIMIT = 300;

    private ServiceText() {}

    /** The text with control characters replaced and cut at 300 characters. */
    public static String clean(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
        return line.length() <= LIMIT ? line : line.substring(0, LIMIT) + "…";
    }
}
