package io.github.cameldataverse.changes.benchmarks.server;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A page as the simulator has served it, of which any other page is made by writing the number of that page into the ids of its
 * rows: so a million rows have a million ids, and cost the server no more than a copy. Immutable.
 */
final class PageTemplate {

    /** An id of {@link WideTable#id}; what is behind the last hyphen is the number of the page. */
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-0000-4000-8000-(?=0{12})");

    private static final int DIGITS = 12;

    private final byte[] bytes;
    private final int[] places;

    /** @param page in ISO 8859-1, a char for each byte */
    PageTemplate(String page) {
        bytes = page.getBytes(StandardCharsets.ISO_8859_1);
        Matcher ids = ID.matcher(page);
        IntStream.Builder found = IntStream.builder();
        while (ids.find()) {
            found.add(ids.end());
        }
        places = found.build().toArray();
    }

    /** A page whose ids carry this number, between these two texts. */
    byte[] page(int number, String before, String behind) {
        byte[] head = before.getBytes(StandardCharsets.UTF_8);
        byte[] page = new byte[head.length + bytes.length + behind.length()];
        System.arraycopy(head, 0, page, 0, head.length);
        System.arraycopy(bytes, 0, page, head.length, bytes.length);
        byte[] tail = behind.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(tail, 0, page, head.length + bytes.length, tail.length);
        byte[] digits = String.format("%0" + DIGITS + "x", number).getBytes(StandardCharsets.US_ASCII);
        for (int place : places) {
            System.arraycopy(digits, 0, page, head.length + place, DIGITS);
        }
        return page;
    }
}
