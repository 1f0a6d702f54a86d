package io.github.cameldataverse.changes.internal.http.answer.xml;

import io.github.cameldataverse.changes.internal.http.answer.Body;
import java.nio.charset.StandardCharsets;

/**
 * Looks through XML in UTF-8 for what the parser would take too much memory for: it keeps each tag, comment, instruction
 * and piece of CDATA whole and several times over, and all that a document type declares. For the prefixes that one tag
 * declares it takes the square of their number of steps. Texts may have any length.
 */
final class MarkupLength {

    private static final int LONGEST = 64 * 1024;
    private static final int LONGEST_CDATA = 4 * 1024 * 1024;

    private static final byte[] COMMENT = ascii("<!--");
    private static final byte[] COMMENT_END = ascii("-->");
    private static final byte[] INSTRUCTION = ascii("<?");
    private static final byte[] INSTRUCTION_END = ascii("?>");
    private static final byte[] DECLARATION = ascii("<!");
    private static final byte[] CDATA = ascii("<![CDATA[");
    private static final byte[] CDATA_END = ascii("]]>");

    private final byte[] bytes;
    private final int length;

    private MarkupLength(Body body) {
        this.bytes = body.bytes();
        this.length = body.length();
    }

    /** @throws XmlLimitException if there is such a thing */
    static void check(Body body) throws XmlLimitException {
        new MarkupLength(body).check();
    }

    private void check() throws XmlLimitException {
        for (int at = 0; at < length; ) {
            at = bytes[at] == '<' ? endOfMarkup(at) : at + 1;
        }
    }

    private int endOfMarkup(int at) throws XmlLimitException {
        if (startsWith(at, CDATA)) {
            return bounded(at, behind(CDATA_END, at + CDATA.length), LONGEST_CDATA);
        }
        if (startsWith(at, COMMENT)) {
            return bounded(at, behind(COMMENT_END, at + COMMENT.length), LONGEST);
        }
        if (startsWith(at, INSTRUCTION)) {
            return bounded(at, behind(INSTRUCTION_END, at + INSTRUCTION.length), LONGEST);
        }
        if (startsWith(at, DECLARATION)) {
            throw new XmlLimitException("The answer declares or names an entity, which is not read");
        }
        return bounded(at, endOfTag(at), LONGEST);
    }

    private static int bounded(int at, int end, int longest) throws XmlLimitException {
        if (end - at > longest) {
            throw new XmlLimitException(
                    "The answer has a tag, a comment, an instruction or a piece of CDATA of more than " + longest
                            + " bytes, at byte " + at);
        }
        return end;
    }

    /** A value in quotes may hold the bracket that ends a tag. */
    private int endOfTag(int at) {
        byte quote = 0;
        for (int i = at + 1; i < length; i++) {
            byte here = bytes[i];
            if (quote != 0) {
                quote = here == quote ? 0 : quote;
            } else if (here == '"' || here == '\'') {
                quote = here;
            } else if (here == '>') {
                return i + 1;
            }
        }
        return length;
    }

    private int behind(byte[] end, int from) {
        int at = from;
        while (at < length && !startsWith(at, end)) {
            at++;
        }
        return Math.min(length, at + end.length);
    }

    private boolean startsWith(int at, byte[] word) {
        if (at + word.length > length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (bytes[at + i] != word[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }
}
