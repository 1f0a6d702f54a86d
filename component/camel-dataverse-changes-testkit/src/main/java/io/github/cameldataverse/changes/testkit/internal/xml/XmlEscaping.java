package io.github.cameldataverse.changes.testkit.internal.xml;

/**
 * Escapes text between tags. Characters that XML 1.0 forbids become character references, as .NET writes them; strict parsers
 * refuse those.
 */
final class XmlEscaping {
    private XmlEscaping() {}

    static String escaped(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPlain(text.charAt(i))) {
                return escaped(text, i);
            }
        }
        return text;
    }

    private static String escaped(String text, int from) {
        StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, from);
        for (int i = from; i < text.length(); i++) {
            append(escaped, text, i);
        }
        return escaped.toString();
    }

    private static void append(StringBuilder escaped, String text, int at) {
        char c = text.charAt(at);
        switch (c) {
            case '<' -> escaped.append("&lt;");
            case '>' -> escaped.append("&gt;");
            case '&' -> escaped.append("&amp;");
            default -> {
                if (isPlain(c) || isPaired(text, at)) {
                    escaped.append(c);
                } else {
                    escaped.append("&#x")
                            .append(Integer.toHexString(reference(c)))
                            .append(';');
                }
            }
        }
    }

    /** An unpaired surrogate cannot be encoded at all. */
    private static int reference(char c) {
        return Character.isSurrogate(c) ? 0xFFFD : c;
    }

    private static boolean isPlain(char c) {
        boolean control = c < ' ' && c != '\n' && c != '\t';
        return !control && c != '<' && c != '>' && c != '&' && !Character.isSurrogate(c) && c < 0xFFFE;
    }

    private static boolean isPaired(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }
}
