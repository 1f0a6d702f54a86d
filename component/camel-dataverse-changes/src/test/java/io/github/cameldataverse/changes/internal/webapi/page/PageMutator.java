package io.github.cameldataverse.changes.internal.webapi.page;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Does to a page what lines, gateways and programmers do to it. */
final class PageMutator {

    private static final String[] SPLINTERS = {
        "\"",
        "\\",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "null",
        "true",
        "1e999999",
        "-0",
        "0.10",
        "9223372036854775808",
        "\"value\":[]",
        "\"id\":\"x\"",
        "\"reason\":\"deleted\"",
        "\"accountid\":7,",
        "\\ud83d",
        "\\u0000",
        "\u0000",
        "\uFEFF",
        "/$deletedEntity",
        "\"error\":{}",
        "-",
        "NaN",
        "//",
        "'",
        "\"@odata.nextLink\":\"x\",",
        "\"@odata.etag\":null,",
        "\u00e9",
        "😀",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
        "7".repeat(201)
    };

    private final List<byte[]> pages;
    private final SplittableRandom random;

    PageMutator(List<byte[]> pages, SplittableRandom random) {
        this.pages = pages;
        this.random = random;
    }

    /** One of the pages after one to three accidents. */
    byte[] next() {
        byte[] page = anyPage();
        for (int accidents = 1 + random.nextInt(3); accidents > 0; accidents--) {
            page = page.length < 2 ? page : accident(page);
        }
        return page;
    }

    private byte[] accident(byte[] page) {
        int at = random.nextInt(page.length);
        int end = Math.min(page.length, at + 1 + random.nextInt(40));
        return switch (random.nextInt(11)) {
            case 0 -> with(page, at, (byte) (page[at] ^ 1 << random.nextInt(8)));
            case 1 -> with(page, at, (byte) random.nextInt(256));
            case 2 -> Arrays.copyOf(page, at);
            case 3 -> spliced(page, at, new byte[0], end);
            case 4 -> spliced(page, at, Arrays.copyOfRange(page, at, end), at);
            case 5 -> spliced(page, at, splinter(), at);
            case 6 -> spliced(page, 0, splinter(), 0);
            case 7 -> crossed(page, at);
            case 8 -> anotherDigit(page, at);
            case 9 -> rowTwice(page, at);
            default -> with(with(page, at, page[end - 1]), end - 1, page[at]);
        };
    }

    private byte[] anyPage() {
        return pages.get(random.nextInt(pages.size()));
    }

    private byte[] splinter() {
        return SPLINTERS[random.nextInt(SPLINTERS.length)].getBytes(StandardCharsets.UTF_8);
    }

    /** The beginning of one page and the end of another. */
    private byte[] crossed(byte[] page, int at) {
        byte[] other = anyPage();
        int from = random.nextInt(other.length);
        return spliced(Arrays.copyOf(page, at), at, Arrays.copyOfRange(other, from, other.length), at);
    }

    /** Another digit in place of the next one: in a number, an id, a date or a link. */
    private byte[] anotherDigit(byte[] page, int from) {
        for (int at = from; at < page.length; at++) {
            if (page[at] >= '0' && page[at] <= '9') {
                return with(page, at, (byte) ('0' + random.nextInt(10)));
            }
        }
        return page;
    }

    /** All from one brace or comma to the next one, once more. */
    private static byte[] rowTwice(byte[] page, int from) {
        int begin = indexOf(page, from, '{', ',');
        int end = indexOf(page, begin + 1, '}', ',');
        return spliced(page, end, Arrays.copyOfRange(page, begin, end), end);
    }

    private static int indexOf(byte[] page, int from, char one, char other) {
        int at = Math.min(from, page.length);
        while (at < page.length && page[at] != one && page[at] != other) {
            at++;
        }
        return at;
    }

    private static byte[] with(byte[] page, int at, byte value) {
        byte[] changed = page.clone();
        changed[at] = value;
        return changed;
    }

    /** The page with the bytes from {@code at} to {@code end} replaced. */
    private static byte[] spliced(byte[] page, int at, byte[] middle, int end) {
        byte[] changed = new byte[at + middle.length + page.length - end];
        System.arraycopy(page, 0, changed, 0, at);
        System.arraycopy(middle, 0, changed, at, middle.length);
        System.arraycopy(page, end, changed, at + middle.length, page.length - end);
        return changed;
    }
}
