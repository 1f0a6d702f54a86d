package io.github.cameldataverse.changes.testkit.internal.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Converts strings to JSON and back. Unpaired surrogates are escaped, so that every Java string survives. */
public final class JsonText {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonText() {}

    /** The text as a JSON string. */
    public static String quote(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            append(quoted, text, i);
        }
        return quoted.append('"').toString();
    }

    /** The text of a JSON string. */
    public static String unquote(String json) {
        try {
            return MAPPER.readValue(json, String.class);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException("Not a JSON string: " + json, broken);
        }
    }

    private static void append(StringBuilder quoted, String text, int at) {
        char c = text.charAt(at);
        if (c == '"' || c == '\\') {
            quoted.append('\\').append(c);
        } else if (c < ' ') {
            quoted.append(control(c));
        } else if (Character.isSurrogate(c) && !isPaired(text, at)) {
            quoted.append(escape(c));
        } else {
            quoted.append(c);
        }
    }

    private static String control(char c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> escape(c);
        };
    }

    private static String escape(char c) {
        return String.format("\\u%04x", (int) c);
    }

    private static boolean isPaired(String text, int at) {
        char c = text.charAt(at);
        return Character.isHighSurrogate(c)
                ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }
}
