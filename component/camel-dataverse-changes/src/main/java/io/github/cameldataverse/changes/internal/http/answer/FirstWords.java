package io.github.cameldataverse.changes.internal.http.answer;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The first words of an answer that is not the service's own: a page in HTML or a text, as a gateway writes them. Anything
 * else may hold rows, and is not quoted.
 */
public final class FirstWords {

    private static final int LOOKED_AT = 4096;
    private static final int LIMIT = 80;
    private static final Pattern PAGE = Pattern.compile("(?i)<(?:!doctype\\s+html|html)\\b");
    private static final Pattern NOT_SHOWN =
            Pattern.compile("(?is)<(script|style)\\b.*?(?:</\\1\\s*>|\\z)|<!--.*?(?:-->|\\z)|<[^>]*(?:>|\\z)");
    private static final Pattern DATA = Pattern.compile("[{\\[<\"]");

    private FirstWords() {}

    /** The words, cleaned and cut; empty if there are none, or none that may be quoted. */
    public static String of(Answer answer) {
        String text = beginning(answer.body());
        String type = answer.header("content-type").orElse("").toLowerCase(Locale.ROOT);
        if (PAGE.matcher(text).lookingAt()) {
            return cut(answer.clean(NOT_SHOWN.matcher(text).replaceAll(" ")));
        }
        boolean isText = type.startsWith("text/plain") || type.startsWith("text/html");
        return isText && !DATA.matcher(text).lookingAt() ? cut(answer.clean(text)) : "";
    }

    private static String beginning(Body body) {
        int start = body.afterByteOrderMark(0);
        int length = Math.min(LOOKED_AT, body.length() - start);
        return new String(body.bytes(), start, length, StandardCharsets.UTF_8).strip();
    }

    private static String cut(String words) {
        return ServiceText.line(words.replaceAll("\\s+", " "), LIMIT);
    }
}
