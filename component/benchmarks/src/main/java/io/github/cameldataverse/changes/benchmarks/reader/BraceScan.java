package io.github.cameldataverse.changes.benchmarks.reader;

import io.github.cameldataverse.changes.benchmarks.reader.HttpClientReader.Found;
import io.github.cameldataverse.changes.benchmarks.reader.HttpClientReader.PageReader;
import java.nio.charset.StandardCharsets;

/** Looks at each byte once, to find where rows begin and end, and decodes nothing. */
final class BraceScan implements PageReader {

    private static final String NEXT_LINK = "\"@odata.nextLink\":\"";

    @Override
    public Found read(byte[] page) {
        int depth = 0;
        int rows = 0;
        int lastRow = 0;
        for (int at = 0; at < page.length; at++) {
            switch (page[at]) {
                case '"' -> at = endOfString(page, at);
                case '{', '[' -> depth++;
                case '}', ']' -> {
                    if (--depth == 2) {
                        rows++;
                        lastRow = at;
                    }
                }
                default -> {}
            }
        }
        if (depth != 0) {
            throw new IllegalStateException("The page is not whole");
        }
        return new Found(rows, nextLink(page, lastRow));
    }

    private static int endOfString(byte[] page, int from) {
        int at = from + 1;
        while (page[at] != '"') {
            at += page[at] == '\\' ? 2 : 1;
        }
        return at;
    }

    private static String nextLink(byte[] page, int from) {
        String tail = new String(page, from, page.length - from, StandardCharsets.UTF_8);
        int link = tail.indexOf(NEXT_LINK);
        return link < 0 ? "" : tail.substring(link + NEXT_LINK.length(), tail.indexOf('"', link + NEXT_LINK.length()));
    }
}
