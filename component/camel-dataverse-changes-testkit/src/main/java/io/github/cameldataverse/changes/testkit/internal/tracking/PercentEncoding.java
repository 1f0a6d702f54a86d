package io.github.cameldataverse.changes.testkit.internal.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cameldataverse.changes.testkit.switches.HexCase;

/** Percent-encodes all characters but letters, digits and a few others, with hex digits in either case. */
public record PercentEncoding(String unreserved, HexCase hexCase) {
    /** The encoding of delta tokens and inner paging cookies. */
    public static PercentEncoding strict(HexCase hexCase) {
        return new PercentEncoding("-_.", hexCase);
    }

    /** The encoding of the outer cookie in links: {@code %3Ccookie%20pagenumber=%222%22 … /%3E}. */
    static final PercentEncoding LOOSE = new PercentEncoding("-_.=/", HexCase.UPPER);

    public String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length() * 2);
        for (byte each : text.getBytes(UTF_8)) {
            append(encoded, each);
        }
        return encoded.toString();
    }

    private void append(StringBuilder encoded, byte each) {
        char c = (char) each;
        boolean plain = (c < 0x80 && Character.isLetterOrDigit(c)) || unreserved.indexOf(c) >= 0;
        if (plain) {
            encoded.append(c);
        } else {
            encoded.append(String.format(hexCase == HexCase.LOWER ? "%%%02x" : "%%%02X", each));
        }
    }
}
